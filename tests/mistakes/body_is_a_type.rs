//! An object is created from a type, and not from a value.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Order;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().create(Order).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
