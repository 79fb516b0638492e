//! A navigation property is given the path of an object of another type.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::OrderUpdate;

async fn mistake(client: &Client) -> Result<(), Error> {
    let order = OrderUpdate::new().customer(client.orders().number(1));
    client.orders().create(order).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
