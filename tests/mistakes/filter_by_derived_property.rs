//! Objects of a base are filtered by a property of a derived type.

use golden_inheritance::Client;
use golden_inheritance::runtime::Error;
use golden_inheritance::zoo::Cat;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.animals().list().filter(Cat::LIVES.gt(3)).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
