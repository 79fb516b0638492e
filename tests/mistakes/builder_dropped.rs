//! What a setter returns is dropped.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::OrderUpdate;

async fn mistake(client: &Client) -> Result<(), Error> {
    let order = OrderUpdate::new();
    order.note("fragile");
    client.orders().create(order).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
