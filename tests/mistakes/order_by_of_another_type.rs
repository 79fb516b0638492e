//! Objects are sorted by a property of another type.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Customer;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().list().order_by(Customer::NAME.descending()).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
