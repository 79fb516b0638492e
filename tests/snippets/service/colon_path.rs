use golden_service::Client;
use golden_service::runtime::Page;
use golden_service::runtime::paths::EntityPathExt;
use golden_service::shop::Customer;

pub async fn example(
    client: &Client,
) -> Result<Page<Customer>, Box<dyn std::error::Error>> {
    let page = client
        .orders()
        .number(7)
        .customer()
        .item_with_path("a b/c.txt")
        .friends()
        .list()
        .await?;
    Ok(page)
}
