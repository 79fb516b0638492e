use golden_service::Client;
use golden_service::shop::{AddressUpdate, Order, OrderShipParameters};

pub async fn example(client: &Client) -> Result<Order, Box<dyn std::error::Error>> {
    // The schema writes `street`, not `Street`.
    // The schema writes `to`, not `To`.
    // The schema writes `Comment`, not `comment`.
    // The schema writes `parcels`, not `PARCELS`.
    let parameters = OrderShipParameters::new()
        .to(AddressUpdate::new().street("Main").additional("street@x.y", 1))
        .comment("soon")
        .additional("Parcels@odata.type", "#Collection(Int32)")
        .additional("parcels@x.y", 1)
        .parcels([1, 2]);
    let answer = client.orders().number(7).ship(parameters).await?;
    Ok(answer)
}
