//! An action is called and never sent.

#![deny(unused_must_use)]

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().number(1).cancel();
    Ok(())
}

fn main() {
    let _ = mistake;
}
