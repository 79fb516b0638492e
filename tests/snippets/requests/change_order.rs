use golden_requests::Client;
use golden_requests::runtime::model::Maybe;
use golden_requests::types::{Change, Order, Status};

pub async fn example(
    client: &Client,
) -> Result<Option<Order>, Box<dyn std::error::Error>> {
    let body = Change::default().status(Status::Paid).note(Maybe::Null);
    let answer = client.orders().update(7).body(body).await?;
    Ok(answer)
}
