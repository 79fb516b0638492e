//! A setter of an object is given a type, and not a value.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::{Customer, OrderUpdate};

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().create(OrderUpdate::new().customer(Customer)).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
