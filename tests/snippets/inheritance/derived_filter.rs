use golden_inheritance::Client;
use golden_inheritance::runtime::Page;
use golden_inheritance::zoo::{Animal, Bird, Cat};

pub async fn example(
    client: &Client,
) -> Result<Page<Animal>, Box<dyn std::error::Error>> {
    let page = client
        .animals()
        .list()
        .filter(
            Cat::LIVES
                .of_base::<Animal>()
                .gt(3)
                .or(Animal::NAME.to_lower().contains("x"))
                .or(Animal::NAME.is_in(["a", "b"])),
        )
        .select((Animal::NAME, Bird::WINGSPAN.of_base::<Animal>()))
        .order_by(Animal::NAME)
        .await?;
    Ok(page)
}
