//! A property is compared with one of another type of objects.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::{Customer, Order};

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().list().filter(Order::NOTE.eq(Customer::NAME)).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
