use golden_service::Client;
use golden_service::shop::OrderCollectionArchiveParameters;

pub async fn example(
    client: &Client,
) -> Result<Option<i32>, Box<dyn std::error::Error>> {
    let parameters = OrderCollectionArchiveParameters::new().before("2026-01-31");
    let answer = client.orders().archive(parameters).await?;
    Ok(answer)
}
