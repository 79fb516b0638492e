use golden_inheritance::Client;
use golden_inheritance::zoo::{Animal, AnimalUpdate};

pub async fn example(
    client: &Client,
) -> Result<Option<Animal>, Box<dyn std::error::Error>> {
    let update = AnimalUpdate::new().additional("@odata.type", "z.animal").name(None);
    let answer = client.animals().id("p").update(update).await?;
    Ok(answer)
}
