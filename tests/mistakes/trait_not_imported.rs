//! A method of every entity is called without its trait.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().number(1).media().download().await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
