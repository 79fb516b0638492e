use golden_service::Client;
use golden_service::shop::{Order, OrderPath};

pub async fn example(client: &Client) -> Result<Order, Box<dyn std::error::Error>> {
    // `orders(Number=7)` has no key that the schema declares.
    let answer = OrderPath::at(client.raw("orders(Number=7)")).get().await?;
    Ok(answer)
}
