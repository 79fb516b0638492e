use golden_service::Client;
use golden_service::shop::Order;

pub async fn example(client: &Client) -> Result<Order, Box<dyn std::error::Error>> {
    let mut order = Order::default();
    order.number = Some(7);
    let answer = client.orders().create(&order).prefer("return=minimal").await?;
    Ok(answer)
}
