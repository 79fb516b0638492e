//! A path goes on with a property of another type.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::{Customer, Order};

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().list().filter(Order::ADDRESS.then(Customer::NAME).eq("Ada")).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
