//! `top` is given text.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().list().top("10").await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
