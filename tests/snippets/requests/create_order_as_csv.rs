use golden_requests::Client;
use golden_requests::orders::CreateAnswer;

pub async fn example(
    client: &Client,
) -> Result<CreateAnswer, Box<dyn std::error::Error>> {
    let answer = client.orders().create_text("article;count").await?;
    Ok(answer)
}
