//! A generated struct is written as a literal.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Order;

async fn mistake(client: &Client) -> Result<(), Error> {
    let order = Order { note: Some("fragile".to_owned()), ..Order::default() };
    client.orders().create(order).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
