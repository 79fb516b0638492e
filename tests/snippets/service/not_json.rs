use golden_service::Client;
use golden_service::runtime::http::Method;
use golden_service::shop::Order;

pub async fn example(client: &Client) -> Result<Order, Box<dyn std::error::Error>> {
    // The body is not a JSON object.
    let answer = client
        .orders()
        .resource()
        .request::<Order>(Method::POST)
        .body("application/json", r#"{"number": }"#)
        .await?;
    Ok(answer)
}
