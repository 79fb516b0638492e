use golden_events::Client;
use golden_events::runtime::model::Null;
use golden_events::types::{Animal, AnimalPatch, HomePatch};

pub async fn example(client: &Client) -> Result<Animal, Box<dyn std::error::Error>> {
    let body = AnimalPatch::new()
        .home(Null)
        .rooms([
            (
                "first",
                Some(HomePatch::new().number(Null).parent(HomePatch::new().street("A"))),
            ),
            ("second", None),
        ])
        .tags([("a", Null)])
        .extra(Null);
    let answer = client.animals().update(7, body).await?;
    Ok(answer)
}
