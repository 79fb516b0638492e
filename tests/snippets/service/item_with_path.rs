use golden_service::Client;
use golden_service::runtime::paths::EntityPathExt;
use golden_service::shop::Customer;

pub async fn example(client: &Client) -> Result<Customer, Box<dyn std::error::Error>> {
    let answer = client
        .orders()
        .number(7)
        .customer()
        .item_with_path("a b/50% (1) é.txt")
        .get()
        .await?;
    Ok(answer)
}
