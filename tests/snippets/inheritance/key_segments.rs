use golden_inheritance::Client;
use golden_inheritance::zoo::AnyAnimal;

pub async fn example(client: &Client) -> Result<AnyAnimal, Box<dyn std::error::Error>> {
    let answer = client
        .animals()
        .id("AAMk='")
        .young()
        .id("it's/===")
        .mother()
        .get()
        .await?;
    Ok(answer)
}
