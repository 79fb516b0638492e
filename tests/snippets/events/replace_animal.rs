use golden_events::Client;
use golden_events::runtime::model::Maybe;
use golden_events::types::{Animal, Kind};

pub async fn example(client: &Client) -> Result<Animal, Box<dyn std::error::Error>> {
    let body = Animal::new("Mia", Kind::Cat).color(Maybe::Null);
    let answer = client.animals().replace(7, body).await?;
    Ok(answer)
}
