use golden_service::Client;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    // The body with the reference is missing; with it this is `references().add_url("…")`.
    client
        .customers()
        .id("01234567-89ab-cdef-0123-456789abcdef")
        .friends()
        .resource()
        .raw("$ref")
        .invoke::<()>()
        .await?;
    Ok(())
}
