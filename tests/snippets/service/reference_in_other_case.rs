use golden_service::Client;
use golden_service::runtime::http::Method;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    // The schema writes `friends`, not `Friends`.
    // OData writes `$ref`, not `$Ref`.
    client
        .customers()
        .id("01234567-89ab-cdef-0123-456789abcdef")
        .resource()
        .raw("Friends/$Ref")
        .request::<()>(Method::POST)
        .body("application/json", r#"{"@odata.id": "customers(1)"}"#)
        .await?;
    Ok(())
}
