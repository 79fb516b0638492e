use golden_service::Client;
use golden_service::shop::Order;

pub async fn example(client: &Client) -> Result<Order, Box<dyn std::error::Error>> {
    let answer = client.orders().number(7).get().prefer("return=minimal").await?;
    Ok(answer)
}
