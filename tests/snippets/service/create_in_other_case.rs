use golden_service::Client;
use golden_service::shop::{AddressUpdate, LineUpdate, Order, OrderUpdate, Size};

pub async fn example(client: &Client) -> Result<Order, Box<dyn std::error::Error>> {
    // The schema writes `number`, not `Number`.
    // The schema writes `street`, not `Street`.
    // The schema writes `address`, not `Address`.
    // The schema writes `article`, not `ARTICLE`.
    // The schema writes `size`, not `Size`.
    // The schema writes `lines`, not `Lines`.
    // The schema writes `note`, not `Note`.
    let order = OrderUpdate::new()
        .number(7)
        .address(AddressUpdate::new().street("Main"))
        .additional("lines@odata.type", "#Collection(shop.line)")
        .lines([LineUpdate::new().article("x").size(Size::from("Small"))])
        .additional("Note", 5);
    let answer = client.orders().create(order).await?;
    Ok(answer)
}
