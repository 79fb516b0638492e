use golden_requests::Client;

pub async fn example(client: &Client) -> Result<String, Box<dyn std::error::Error>> {
    let answer = client.orders().get_text(7).id("9").await?;
    Ok(answer)
}
