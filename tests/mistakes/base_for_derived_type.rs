//! An object of a derived type is created from the struct of its base.

use golden_inheritance::Client;
use golden_inheritance::runtime::Error;
use golden_inheritance::zoo::Animal;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.animals().as_cat().create(Animal::default()).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
