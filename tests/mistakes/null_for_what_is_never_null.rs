//! A member that is never null is set to null.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::runtime::model::Null;
use golden_service::shop::CustomerUpdate;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.customers().create(CustomerUpdate::new().name(Null)).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
