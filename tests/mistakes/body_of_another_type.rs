//! An object is created from the builder of another type.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::CustomerUpdate;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().create(CustomerUpdate::new().name("Ada")).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
