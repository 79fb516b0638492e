use golden_service::Client;
use golden_service::runtime::http::Method;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    // The action takes no parameters.
    client
        .orders()
        .number(7)
        .resource()
        .raw("shop.cancel")
        .request::<()>(Method::POST)
        .body("application/json", r#"{"why": "late"}"#)
        .await?;
    Ok(())
}
