use golden_service::Client;
use golden_service::runtime::model::Untyped;

pub async fn example(client: &Client) -> Result<Untyped, Box<dyn std::error::Error>> {
    // The schema has no `un known` here.
    // `a` is not a query option of OData.
    let answer = client
        .orders()
        .number(7)
        .resource()
        .raw("un known/{thing}")
        .get::<Untyped>()
        .query("a", "b c")
        .await?;
    Ok(answer)
}
