use golden_service::Client;
use golden_service::shop::OpenParameters;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let parameters = OpenParameters::new().hours("PT8H");
    client.open(parameters).await?;
    Ok(())
}
