use golden_service::Client;
use golden_service::runtime::paths::Reference;

pub async fn example(
    client: &Client,
) -> Result<Option<Reference>, Box<dyn std::error::Error>> {
    // OData writes `$ref`, not `$Ref`.
    let answer = client
        .orders()
        .number(7)
        .customer()
        .resource()
        .raw("$Ref")
        .get::<Option<Reference>>()
        .await?;
    Ok(answer)
}
