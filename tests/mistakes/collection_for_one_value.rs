//! A member with one value is given a collection.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::OrderUpdate;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().create(OrderUpdate::new().note(["fragile"])).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
