use golden_service::Client;
use golden_service::shop::{Order, OrderShipParameters};

pub async fn example(client: &Client) -> Result<Order, Box<dyn std::error::Error>> {
    let parameters = OrderShipParameters::new().comment("soon");
    let answer = client
        .orders()
        .number(7)
        .ship(parameters)
        .prefer("return=minimal")
        .await?;
    Ok(answer)
}
