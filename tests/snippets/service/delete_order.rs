use golden_service::Client;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    // The crate has no typed call for DELETE here.
    client.orders().number(7).resource().delete().header("x-reason", "test").await?;
    Ok(())
}
