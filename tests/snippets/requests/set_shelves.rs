use golden_requests::Client;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let body = ["A 1", "B"];
    client.books().set_shelves("7", body).await?;
    Ok(())
}
