use golden_service::Client;
use golden_service::runtime::Page;
use golden_service::shop::{Line, LineCollectionPath};

pub async fn example(client: &Client) -> Result<Page<Line>, Box<dyn std::error::Error>> {
    // The schema writes `orders`, not `Orders`.
    // The schema writes `lines`, not `Lines`.
    let page = LineCollectionPath::at(client.raw("Orders(7)/Lines"))
        .list()
        .select((Line::ARTICLE, Line::COUNT))
        .await?;
    Ok(page)
}
