use golden_service::Client;
use golden_service::shop::Photo;

pub async fn example(
    client: &Client,
) -> Result<Option<Photo>, Box<dyn std::error::Error>> {
    let answer = client
        .customers()
        .id("01234567-89ab-cdef-0123-456789abcdef".parse()?)
        .photo()
        .stream(Photo::THUMBNAIL)
        .upload("text/plain", r##"/// no "photo"#"##)
        .await?;
    Ok(answer)
}
