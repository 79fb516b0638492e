use golden_service::Client;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    client.orders().number(7).cancel().prefer("return=minimal").await?;
    Ok(())
}
