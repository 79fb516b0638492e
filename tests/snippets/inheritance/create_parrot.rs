use golden_inheritance::Client;
use golden_inheritance::keepers::{Place, Room};
use golden_inheritance::zoo::{Animal, Parrot};

pub async fn example(client: &Client) -> Result<Animal, Box<dyn std::error::Error>> {
    let mut next = Room::default();
    next.number = Some(4);
    let mut cage = Room::default();
    cage.number = Some(3);
    cage.next = Some(Box::new(next));
    let mut animal = Parrot::default();
    animal.name = Some("Polly".to_owned());
    animal.words = Some(vec!["hi".to_owned()]);
    animal.cage = Some(Place::from_derived(cage));
    animal.wingspan = Some(2.0);
    // `zoo.parrot` does not declare `colour`.
    animal.additional.insert("colour", "red");
    let answer = client.animals().create(&Animal::from_derived(animal)).await?;
    Ok(answer)
}
