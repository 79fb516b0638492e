use golden_service::Client;
use golden_service::runtime::Page;
use golden_service::shop::{Line, OrderPath};

pub async fn example(client: &Client) -> Result<Page<Line>, Box<dyn std::error::Error>> {
    // `orders({number})` has a placeholder where a literal should be.
    let page = OrderPath::at(client.raw("orders({number})")).lines().list().await?;
    Ok(page)
}
