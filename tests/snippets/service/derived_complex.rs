use golden_service::Client;
use golden_service::shop::ExpressDelivery;

pub async fn example(
    client: &Client,
) -> Result<ExpressDelivery, Box<dyn std::error::Error>> {
    let answer = client.new_().delivery().as_express_delivery().get().await?;
    Ok(answer)
}
