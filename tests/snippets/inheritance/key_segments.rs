use golden_inheritance::Client;
use golden_inheritance::zoo::Animal;

pub async fn example(client: &Client) -> Result<Animal, Box<dyn std::error::Error>> {
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
