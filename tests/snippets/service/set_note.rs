use golden_service::Client;
use golden_service::shop::Order;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let value = "x";
    client.orders().number(7).property(Order::NOTE).set(value).await?;
    Ok(())
}
