use golden_service::Client;
use golden_service::shop::{Order, OrderUpdate};

pub async fn example(client: &Client) -> Result<Order, Box<dyn std::error::Error>> {
    let order = OrderUpdate::new().number(7);
    let answer = client.orders().create(order).prefer("return=minimal").await?;
    Ok(answer)
}
