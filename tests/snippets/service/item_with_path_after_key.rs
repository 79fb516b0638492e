use golden_service::Client;
use golden_service::runtime::bytes::Bytes;
use golden_service::runtime::paths::EntityPathExt;

pub async fn example(client: &Client) -> Result<Bytes, Box<dyn std::error::Error>> {
    // The schema does not declare a stream here.
    let bytes = client
        .customers()
        .id("01234567-89ab-cdef-0123-456789abcdef")
        .item_with_path("a/{file}")
        .media()
        .download()
        .await?;
    Ok(bytes)
}
