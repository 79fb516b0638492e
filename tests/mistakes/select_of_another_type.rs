//! A property of another type is selected.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::{Customer, Order};

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().list().select((Order::NUMBER, Customer::NAME)).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
