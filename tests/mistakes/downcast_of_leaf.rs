//! A value is read as another type, and its own has no derived types.

use golden_inheritance::Client;
use golden_inheritance::runtime::Error;
use golden_inheritance::zoo::Bird;

async fn mistake(client: &Client) -> Result<(), Error> {
    let cat = client.animals().as_cat().id("7").get().await?;
    println!("{:?}", cat.downcast::<Bird>().is_ok());
    Ok(())
}

fn main() {
    let _ = mistake;
}
