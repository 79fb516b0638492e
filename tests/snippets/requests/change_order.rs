use golden_requests::Client;
use golden_requests::runtime::model::Null;
use golden_requests::types::{ChangePatch, Order, Status};

pub async fn example(
    client: &Client,
) -> Result<Option<Order>, Box<dyn std::error::Error>> {
    let body = ChangePatch::new().status(Status::Paid).note(Null);
    let answer = client.orders().update(7).body(body).await?;
    Ok(answer)
}
