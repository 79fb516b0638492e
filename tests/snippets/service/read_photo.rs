use golden_service::Client;
use golden_service::runtime::bytes::Bytes;

pub async fn example(client: &Client) -> Result<Bytes, Box<dyn std::error::Error>> {
    let bytes = client
        .customers()
        .id("01234567-89ab-cdef-0123-456789abcdef")
        .photo()
        .media()
        .download()
        .await?;
    Ok(bytes)
}
