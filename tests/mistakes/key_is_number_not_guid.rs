//! The key of an object is a GUID, and not a number.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.customers().id(7).get().await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
