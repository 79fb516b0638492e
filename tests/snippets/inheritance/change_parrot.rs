use golden_inheritance::Client;
use golden_inheritance::keepers::PlaceUpdate;
use golden_inheritance::zoo::{Animal, ParrotUpdate};

pub async fn example(
    client: &Client,
) -> Result<Option<Animal>, Box<dyn std::error::Error>> {
    let update = ParrotUpdate::new()
        .name("Polly")
        .wingspan(0.5)
        .cage(PlaceUpdate::new().label("left"));
    let answer = client.animals().id("p").update(update).await?;
    Ok(answer)
}
