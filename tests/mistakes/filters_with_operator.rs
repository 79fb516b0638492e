//! Conditions are combined with an operator of Rust.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Order;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().list().filter(Order::NUMBER.gt(7) && Order::NOTE.is_null()).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
