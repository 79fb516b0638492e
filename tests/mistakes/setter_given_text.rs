//! A setter of an object is given text.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::OrderUpdate;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().create(OrderUpdate::new().address("Main Street 1")).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
