use golden_service::Client;
use golden_service::runtime::Page;
use golden_service::shop::Order;

pub async fn example(
    client: &Client,
) -> Result<Page<Order>, Box<dyn std::error::Error>> {
    let page = client
        .orders()
        .list()
        .filter(
            Order::TAGS
                .any(|x1| Order::TAGS.all(|x2| x2.eq(&x1).or(x1.ne(&x2))))
                .and(Order::CUSTOMER.is_not_null()),
        )
        .await?;
    Ok(page)
}
