use golden_inheritance::Client;
use golden_inheritance::runtime::Page;
use golden_inheritance::zoo::{Animal, Cat};

pub async fn example(
    client: &Client,
) -> Result<Page<Animal>, Box<dyn std::error::Error>> {
    let page = client
        .animals()
        .list()
        .filter(
            Animal::YOUNG
                .any(|x1| x1.then(Cat::LIVES.of_base::<Animal>()).gt(3))
                .and(Animal::MOTHER.then(Cat::LIVES.of_base::<Animal>()).lt(2)),
        )
        .await?;
    Ok(page)
}
