use golden_service::Client;
use golden_service::shop::{AddressUpdate, OrderUpdate};

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    // `shop.order` does not declare `colour`.
    let update = OrderUpdate::new()
        .note(None)
        .address(AddressUpdate::new().street(None))
        .origin(AddressUpdate::new().street("Side"))
        .tags(vec![])
        .additional("colour", 1.5_f64);
    client.orders().number(7).update(update).if_match("W/\"1\"").minimal().await?;
    Ok(())
}
