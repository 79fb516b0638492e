use golden_service::Client;
use golden_service::shop::OpenParameters;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    // The schema writes `hours`, not `Hours`.
    let parameters = OpenParameters::new().hours("PT8H");
    // The schema writes `open`, not `Open`.
    client.raw("Open").invoke_with::<()>(parameters).await?;
    Ok(())
}
