//! A body is accepted by value and by reference, as a struct and as a builder, of the declared type and of
//! those that are derived from it.

use golden_inheritance::Client;
use golden_inheritance::keepers::{Place, PlaceUpdate, Room, RoomUpdate};
use golden_inheritance::runtime::Error;
use golden_inheritance::runtime::transport::Replay;
use golden_inheritance::zoo::{Animal, AnimalUpdate, Cat, CatUpdate, ParrotUpdate};

fn main() -> Result<(), Error> {
    let client = Client::builder().service_root("https://example.com/zoo");
    let animals = client.transport(Replay::new()).build()?.animals();

    let mut animal = Animal::default();
    animal.name = Some("Tom".to_owned());
    let update = AnimalUpdate::new().name("Tom");
    for request in [
        animals.create(&animal),
        animals.create(animal.clone()),
        animals.create(Box::new(animal.clone())),
        animals.create(&update),
        animals.create(update),
    ] {
        assert_eq!(&request.to_http()?.body()[..], br#"{"name":"Tom"}"#);
    }

    // A derived type names itself.
    let mut cat = Cat::default();
    cat.name = Some("Tom".to_owned());
    for request in [
        animals.create(&cat),
        animals.create(CatUpdate::new().name("Tom")),
        animals.create(Animal::from_derived(cat.clone()).into_any()),
        animals.create(cat),
    ] {
        let request = request.to_http()?;
        assert_eq!(&request.body()[..], br##"{"@odata.type":"#zoo.cat","name":"Tom"}"##);
    }

    // So does what is within an object.
    let mut cage = Place::default();
    cage.label = Some("A".to_owned());
    for parrot in [
        ParrotUpdate::new().cage(&cage),
        ParrotUpdate::new().cage(Some(PlaceUpdate::new().label("A"))),
        ParrotUpdate::new().cage(PlaceUpdate::new().label("A")),
        ParrotUpdate::new().cage(cage),
    ] {
        let request = animals.as_parrot().create(parrot).to_http()?;
        assert_eq!(&request.body()[..], br#"{"cage":{"label":"A"}}"#);
    }
    let mut room = Room::default();
    room.number = Some(7);
    for parrot in [
        ParrotUpdate::new().cage(&room),
        ParrotUpdate::new().cage(RoomUpdate::new().number(7)),
        ParrotUpdate::new().cage(room),
    ] {
        let request = animals.as_parrot().create(parrot).to_http()?;
        let expected = br##"{"cage":{"@odata.type":"#keepers.room","number":7}}"##;
        assert_eq!(&request.body()[..], expected);
    }
    Ok(())
}
