//! A filter is about objects of another type.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Customer;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().list().filter(Customer::NAME.eq("Ada")).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
