use golden_directory::Client;
use golden_directory::types::GetDirectoryObjectsGetByIdsResponse;

pub async fn example(
    client: &Client,
) -> Result<GetDirectoryObjectsGetByIdsResponse, Box<dyn std::error::Error>> {
    let answer = client.directory_objects_functions().get_by_ids(["a", "b"]).await?;
    Ok(answer)
}
