use golden_service::Client;
use golden_service::runtime::http::Method;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    // `customers(1)` is not an absolute URL.
    client
        .customers()
        .id("01234567-89ab-cdef-0123-456789abcdef")
        .friends()
        .resource()
        .raw("$ref")
        .request::<()>(Method::POST)
        .body("application/json", r#"{"@odata.id": "customers(1)"}"#)
        .await?;
    Ok(())
}
