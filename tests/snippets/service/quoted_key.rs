use golden_service::Client;
use golden_service::runtime::Page;
use golden_service::shop::Customer;

pub async fn example(
    client: &Client,
) -> Result<Page<Customer>, Box<dyn std::error::Error>> {
    let page = client.customers().by_name("O'Neil/===").friends().list().await?;
    Ok(page)
}
