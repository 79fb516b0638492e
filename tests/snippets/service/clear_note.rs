use golden_service::Client;
use golden_service::shop::Order;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    client.orders().number(7).property(Order::NOTE).clear().await?;
    Ok(())
}
