use golden_service::Client;
use golden_service::runtime::Count;
use golden_service::shop::Order;

pub async fn example(
    client: &Client,
) -> Result<Count<Order>, Box<dyn std::error::Error>> {
    let count = client.orders().count().filter(Order::NOTE.is_not_null()).await?;
    Ok(count)
}
