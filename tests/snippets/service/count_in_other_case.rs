use golden_service::Client;

pub async fn example(client: &Client) -> Result<i64, Box<dyn std::error::Error>> {
    // OData writes `$count`, not `$Count`.
    let answer = client.orders().resource().raw("$Count").get::<i64>().await?;
    Ok(answer)
}
