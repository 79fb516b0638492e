use golden_service::Client;
use golden_service::runtime::Page;
use golden_service::shop::{Line, OrderPath};

pub async fn example(client: &Client) -> Result<Page<Line>, Box<dyn std::error::Error>> {
    // There is no typed call for `$Value`.
    let page = OrderPath::at(client.orders().resource().raw("$Value"))
        .lines()
        .list()
        .await?;
    Ok(page)
}
