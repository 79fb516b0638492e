use golden_service::Client;
use golden_service::shop::{Address, Line, Order, Size};

pub async fn example(client: &Client) -> Result<Order, Box<dyn std::error::Error>> {
    let mut address = Address::default();
    // The schema writes `street`, not `Street`.
    address.street = Some("Main".to_owned());
    let mut line = Line::default();
    // The schema writes `article`, not `ARTICLE`.
    line.article = Some("x".to_owned());
    // The schema writes `size`, not `Size`.
    line.size = Some(Size::from("Small"));
    let mut order = Order::default();
    // The schema writes `number`, not `Number`.
    order.number = Some(7);
    // The schema writes `address`, not `Address`.
    order.address = Some(address);
    order.additional.insert("lines@odata.type", "#Collection(shop.line)");
    // The schema writes `lines`, not `Lines`.
    order.lines = Some(vec![line]);
    // The schema writes `note`, not `Note`.
    order.additional.insert("Note", 5_i64);
    let answer = client.orders().create(&order).await?;
    Ok(answer)
}
