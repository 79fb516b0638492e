use golden_inheritance::Client;
use golden_inheritance::keepers::RoomUpdate;
use golden_inheritance::zoo::{Animal, ParrotUpdate};

pub async fn example(client: &Client) -> Result<Animal, Box<dyn std::error::Error>> {
    // `zoo.parrot` does not declare `colour`.
    let animal = ParrotUpdate::new()
        .name("Polly")
        .words(["hi"])
        .cage(RoomUpdate::new().number(3).next(RoomUpdate::new().number(4)))
        .wingspan(2.0)
        .additional("colour", "red");
    let answer = client.animals().create(animal).await?;
    Ok(answer)
}
