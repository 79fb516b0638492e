use golden_service::Client;
use golden_service::shop::{AddressUpdate, Order, OrderShipParameters};

pub async fn example(client: &Client) -> Result<Order, Box<dyn std::error::Error>> {
    let parameters = OrderShipParameters::new()
        .to(AddressUpdate::new().street("Main"))
        .comment("soon")
        .parcels([1, 2]);
    let answer = client.orders().number(7).ship(parameters).await?;
    Ok(answer)
}
