//! A path goes on after a property that is not an object.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::{Customer, Order};

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().list().filter(Order::NOTE.then(Customer::NAME).eq("Ada")).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
