//! An object is created from the struct of another type.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Customer;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().create(Customer::default()).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
