//! A navigation property of another type is expanded.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Customer;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().list().expand(Customer::PHOTO).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
