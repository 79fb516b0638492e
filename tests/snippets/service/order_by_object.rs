use golden_service::Client;
use golden_service::runtime::Page;
use golden_service::shop::Order;

pub async fn example(
    client: &Client,
) -> Result<Page<Order>, Box<dyn std::error::Error>> {
    let page = client.orders().list().order_by("customer,number").await?;
    Ok(page)
}
