use golden_events::Client;
use golden_events::runtime::model::{Null, Untyped};
use golden_events::types::{Animal, AnimalFood, AnimalPatch, HomePatch, Owner};

pub async fn example(client: &Client) -> Result<Animal, Box<dyn std::error::Error>> {
    let body = AnimalPatch::new()
        .name("Mia")
        .nick_name(Null)
        .color(Null)
        .born("2020-01-01")
        .weight(4.5)
        .home(HomePatch::new().street("Main Street").number(Null).parent(Null))
        .owners([Owner::default().name("Ada")])
        .tags([("a", Some("1")), ("b", None)])
        .extra("[1]".parse::<Untyped>()?)
        .food(AnimalFood::Text("fish".to_owned()))
        .additional("unknown", r#"{"a": 1}"#.parse::<Untyped>()?)
        .additional("kind", Null)
        .additional("id", "7".parse::<Untyped>()?);
    let answer = client.animals().update(7, body).await?;
    Ok(answer)
}
