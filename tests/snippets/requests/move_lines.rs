use golden_requests::Client;
use golden_requests::types::Line;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let body = [Line::new("shoe")];
    client.orders().r#move(7, ["a", "b"], "json", body).await?;
    Ok(())
}
