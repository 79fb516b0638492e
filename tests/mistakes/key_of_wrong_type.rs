//! The key of an object is of another type.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().number("seven").get().await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
