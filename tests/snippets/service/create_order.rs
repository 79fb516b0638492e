use golden_service::Client;
use golden_service::runtime::model::{Null, Untyped};
use golden_service::shop::{AddressUpdate, LineUpdate, Order, OrderUpdate, Size};

pub async fn example(client: &Client) -> Result<Order, Box<dyn std::error::Error>> {
    // `shop.address` does not declare `zip`.
    // `shop.order` does not declare `gift`.
    // A builder cannot set `placed`.
    let order = OrderUpdate::new()
        .number(7)
        .note("quick \"brown\"\nfox")
        .address(AddressUpdate::new().street("Main").additional("zip", Null))
        .origin(AddressUpdate::new())
        .tags(["a", "b"])
        .lines([
            LineUpdate::new().article("x").size(Size::Large).count(1),
            LineUpdate::new().article("y").size(Size::from("huge")).count(2),
        ])
        .additional("customer@odata.bind", "customers(1)")
        .additional("gift", r#"{"wrapped": true}"#.parse::<Untyped>()?)
        .additional("placed", "tomorrow");
    let answer = client.orders().create(order).await?;
    Ok(answer)
}
