use golden_service::Client;
use golden_service::runtime::http::Method;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    // `customers(1)` is not an absolute URL.
    client
        .new_()
        .delivery()
        .as_express_delivery()
        .couriers()
        .resource()
        .raw("$ref")
        .request::<()>(Method::POST)
        .body("application/json", r#"{"@odata.id": "customers(1)"}"#)
        .await?;
    Ok(())
}
