use golden_service::Client;
use golden_service::shop::{AddressUpdate, Order, OrderShipParameters};

pub async fn example(client: &Client) -> Result<Order, Box<dyn std::error::Error>> {
    let parameters = OrderShipParameters::new().to(AddressUpdate::new().street("Main"));
    // The schema writes `ship`, not `shop.Ship`.
    let answer = client
        .orders()
        .number(7)
        .resource()
        .raw("shop.Ship")
        .invoke_with::<Order>(parameters)
        .await?;
    Ok(answer)
}
