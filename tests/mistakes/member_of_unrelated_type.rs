//! A member of a type is read that is not derived from the value's type.

use golden_inheritance::Client;
use golden_inheritance::runtime::Error;
use golden_inheritance::zoo::Cat;

async fn mistake(client: &Client) -> Result<(), Error> {
    let bird = client.animals().as_bird().id("7").get().await?;
    println!("{:?}", bird.member(Cat::LIVES).is_ok());
    Ok(())
}

fn main() {
    let _ = mistake;
}
