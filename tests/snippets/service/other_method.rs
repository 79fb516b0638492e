use golden_service::Client;
use golden_service::runtime::http::Method;
use golden_service::shop::Order;

pub async fn example(
    client: &Client,
) -> Result<Option<Order>, Box<dyn std::error::Error>> {
    // The crate has no typed call for OPTIONS here.
    let answer = client
        .orders()
        .resource()
        .request::<Option<Order>>(Method::OPTIONS)
        .await?;
    Ok(answer)
}
