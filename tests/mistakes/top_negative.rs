//! `top` is given a negative number.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().list().top(-1).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
