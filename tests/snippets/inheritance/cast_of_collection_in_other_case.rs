use golden_inheritance::Client;
use golden_inheritance::runtime::Page;
use golden_inheritance::zoo::{Cat, CatCollectionPath};

pub async fn example(client: &Client) -> Result<Page<Cat>, Box<dyn std::error::Error>> {
    // The schema writes `zoo.cat`, not `zoo.CAT`.
    let page = CatCollectionPath::at(client.animals().resource().raw("zoo.CAT"))
        .list()
        .filter(Cat::LIVES.gt(3))
        .await?;
    Ok(page)
}
