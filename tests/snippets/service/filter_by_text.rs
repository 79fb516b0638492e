use golden_service::Client;
use golden_service::runtime::Page;
use golden_service::shop::Order;

pub async fn example(
    client: &Client,
) -> Result<Page<Order>, Box<dyn std::error::Error>> {
    // `page` is not a query option of OData.
    let page = client
        .orders()
        .list()
        .filter("customer/name eq 'Ada' and number mul 2 gt 5")
        .query("page", "2")
        .await?;
    Ok(page)
}
