//! A field is given a value, and not `Some` of it.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Order;

async fn mistake(client: &Client) -> Result<(), Error> {
    let mut order = Order::default();
    order.note = "fragile".to_owned();
    client.orders().create(order).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
