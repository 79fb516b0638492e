use golden_requests::Client;
use golden_requests::runtime::model::File;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let body = File::from("<svg/>").with_media_type("image/svg+xml");
    client.files().put_name("a b", body).await?;
    Ok(())
}
