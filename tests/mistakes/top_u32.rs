//! `top` is given a number of another width.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    let count: u32 = 10;
    client.orders().list().top(count).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
