use golden_inheritance::Client;
use golden_inheritance::runtime::Page;

pub async fn example(
    client: &Client,
) -> Result<Page<String>, Box<dyn std::error::Error>> {
    // `words` is a member of `zoo.parrot`, which the path does not name.
    let page = client
        .animals()
        .id("p")
        .resource()
        .raw("words")
        .get::<Page<String>>()
        .await?;
    Ok(page)
}
