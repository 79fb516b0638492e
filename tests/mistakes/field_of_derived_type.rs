//! A member of a derived type is read from its base.

use golden_inheritance::Client;
use golden_inheritance::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    let animal = client.animals().id("7").get().await?;
    println!("{:?}", animal.lives);
    Ok(())
}

fn main() {
    let _ = mistake;
}
