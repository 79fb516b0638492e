use golden_inheritance::Client;
use golden_inheritance::zoo::{Parrot, ParrotPath};

pub async fn example(
    client: &Client,
) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    // The schema writes `zoo.parrot`, not `Zoo.Parrot`.
    let answer = ParrotPath::at(client.animals().id("a").resource().raw("Zoo.Parrot"))
        .property(Parrot::WORDS)
        .get()
        .await?;
    Ok(answer)
}
