use golden_inheritance::Client;
use golden_inheritance::runtime::Page;
use golden_inheritance::zoo::Cat;

pub async fn example(client: &Client) -> Result<Page<Cat>, Box<dyn std::error::Error>> {
    let page = client.animals().as_cat().found().await?;
    Ok(page)
}
