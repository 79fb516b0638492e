use golden_service::Client;
use golden_service::runtime::Page;
use golden_service::shop::{Address, Line, Order};

pub async fn example(
    client: &Client,
) -> Result<Page<Order>, Box<dyn std::error::Error>> {
    let page = client
        .orders()
        .list()
        .filter(
            Order::NUMBER
                .gt(5)
                .and(Order::ADDRESS.then(Address::STREET).eq("O'Neil"))
                .and(Order::LINES.any(|l| l.then(Line::COUNT).gt(2))),
        )
        .order_by((Order::PLACED.descending(), Order::NUMBER))
        .select((Order::NUMBER, Order::NOTE, "colour"))
        .expand(Order::LINES.with(|related| related.select(Line::ARTICLE).top(2)))
        .expand(Order::CUSTOMER)
        .top(10)
        .count()
        .max_page_size(5)
        .eventual()
        .await?;
    Ok(page)
}
