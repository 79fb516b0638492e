use golden_service::Client;
use golden_service::runtime::model::Untyped;
use golden_service::runtime::paths::EntityPathExt;

pub async fn example(
    client: &Client,
) -> Result<Option<Untyped>, Box<dyn std::error::Error>> {
    // The schema does not declare a stream here.
    let answer = client
        .orders()
        .number(7)
        .customer()
        .media()
        .upload("text/plain", "bytes")
        .await?;
    Ok(answer)
}
