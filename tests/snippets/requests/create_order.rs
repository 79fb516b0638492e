use golden_requests::Client;
use golden_requests::orders::CreateAnswer;
use golden_requests::runtime::model::Maybe;
use golden_requests::types::{Line, NewOrder};

pub async fn example(
    client: &Client,
) -> Result<CreateAnswer, Box<dyn std::error::Error>> {
    let body = NewOrder::new(vec![Line::new("shoe").count(2), Line::new("sock")])
        .tags(vec!["a".to_owned()])
        .note(Maybe::Null);
    let answer = client.orders().create(body).idempotency_key("once").await?;
    Ok(answer)
}
