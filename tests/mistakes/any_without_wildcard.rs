//! A match on the derived types has no arm for others.

use golden_inheritance::Client;
use golden_inheritance::runtime::Error;
use golden_inheritance::zoo::AnyAnimal;

async fn mistake(client: &Client) -> Result<(), Error> {
    match client.animals().id("7").get().await?.into_any() {
        AnyAnimal::Animal(_) => println!("an animal"),
        AnyAnimal::Bird(_) => println!("a bird"),
        AnyAnimal::Cat(_) => println!("a cat"),
        AnyAnimal::Parrot(_) => println!("a parrot"),
    }
    Ok(())
}

fn main() {
    let _ = mistake;
}
