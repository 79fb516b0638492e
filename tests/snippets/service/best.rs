use golden_service::Client;
use golden_service::runtime::Page;

pub async fn example(
    client: &Client,
) -> Result<Page<String>, Box<dyn std::error::Error>> {
    let page = client.best("O'Neil").top(3).await?;
    Ok(page)
}
