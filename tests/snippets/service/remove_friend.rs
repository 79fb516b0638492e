use golden_service::Client;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    client
        .customers()
        .id("01234567-89ab-cdef-0123-456789abcdef")
        .friends()
        .id("11234567-89ab-cdef-0123-456789abcdef")
        .reference()
        .remove()
        .await?;
    Ok(())
}
