use golden_service::Client;
use golden_service::runtime::model::Null;
use golden_service::shop::{AddressUpdate, OrderUpdate};

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    // `shop.order` does not declare `colour`.
    let update = OrderUpdate::new()
        .note(Null)
        .address(AddressUpdate::new().street(Null))
        .origin(AddressUpdate::new().street("Side"))
        .tags(Vec::<String>::new())
        .additional("colour", 1.5);
    client.orders().number(7).update(update).if_match("W/\"1\"").minimal().await?;
    Ok(())
}
