//! A collection is given items of another type.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::OrderUpdate;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().create(OrderUpdate::new().tags([1, 2])).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
