use golden_service::Client;
use golden_service::runtime::Page;
use golden_service::shop::{Line, Size};

pub async fn example(client: &Client) -> Result<Page<Line>, Box<dyn std::error::Error>> {
    let page = client
        .orders()
        .recent_with_days_and_size(3, Size::Large)
        .number(7)
        .lines()
        .list()
        .top(1)
        .await?;
    Ok(page)
}
