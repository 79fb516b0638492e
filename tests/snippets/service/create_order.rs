use golden_service::Client;
use golden_service::runtime::model::Untyped;
use golden_service::shop::{Address, Line, Order, Size};

pub async fn example(client: &Client) -> Result<Order, Box<dyn std::error::Error>> {
    let mut address = Address::default();
    address.street = Some("Main".to_owned());
    // `shop.address` does not declare `zip`.
    address.additional.insert("zip", Untyped::default());
    let origin = Address::default();
    let mut line = Line::default();
    line.article = Some("x".to_owned());
    line.size = Some(Size::Large);
    line.count = Some(1);
    let mut line_2 = Line::default();
    line_2.article = Some("y".to_owned());
    line_2.size = Some(Size::from("huge"));
    line_2.count = Some(2);
    let mut order = Order::default();
    order.number = Some(7);
    order.note = Some("quick \"brown\"\nfox".to_owned());
    order.address = Some(address);
    order.origin = Some(origin);
    order.tags = Some(vec!["a".to_owned(), "b".to_owned()]);
    order.lines = Some(vec![line, line_2]);
    order.additional.insert("customer@odata.bind", "customers(1)");
    // `shop.order` does not declare `gift`.
    order.additional.insert("gift", r#"{"wrapped": true}"#.parse::<Untyped>()?);
    // The value of `placed` does not have the type that `shop.order` declares.
    order.additional.insert("placed", "tomorrow");
    let answer = client.orders().create(&order).await?;
    Ok(answer)
}
