use golden_requests::Client;
use golden_requests::orders::CreateAnswer;
use golden_requests::types::{Line, NewOrder};

pub async fn example(
    client: &Client,
) -> Result<CreateAnswer, Box<dyn std::error::Error>> {
    let body = NewOrder::new(vec![Line::new("red shoe")])
        .tags(vec!["a".to_owned(), "b".to_owned()])
        .note("x".to_owned());
    let answer = client.orders().create_form(body).await?;
    Ok(answer)
}
