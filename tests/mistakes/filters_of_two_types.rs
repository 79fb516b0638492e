//! A condition is combined with one on objects of another type.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::{Customer, Order};

async fn mistake(client: &Client) -> Result<(), Error> {
    let filter = Order::NUMBER.gt(7).and(Customer::NAME.eq("Ada"));
    client.orders().list().filter(filter).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
