use golden_service::Client;
use golden_service::runtime::bytes::Bytes;
use golden_service::runtime::paths::MediaPath;

pub async fn example(client: &Client) -> Result<Bytes, Box<dyn std::error::Error>> {
    // The schema does not declare a stream here.
    let bytes = MediaPath::of_entity(client.orders().number(7).resource())
        .download()
        .await?;
    Ok(bytes)
}
