//! A value is read as a type that is not derived from its own.

use golden_inheritance::Client;
use golden_inheritance::keepers::Room;
use golden_inheritance::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    let animal = client.animals().id("7").get().await?;
    println!("{:?}", animal.downcast::<Room>().is_ok());
    Ok(())
}

fn main() {
    let _ = mistake;
}
