use golden_service::Client;
use golden_service::runtime::bytes::Bytes;

pub async fn example(client: &Client) -> Result<Bytes, Box<dyn std::error::Error>> {
    let bytes = client.orders().number(7).invoice("de").await?;
    Ok(bytes)
}
