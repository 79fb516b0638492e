use golden_requests::Client;
use golden_requests::runtime::model::Formatted;
use golden_requests::runtime::primitive::Date;
use golden_requests::types::{
    Order, OrdersListFilter, OrdersListNear, OrdersListSort, Status,
};

pub async fn example(client: &Client) -> Result<Vec<Order>, Box<dyn std::error::Error>> {
    // The operation has no header `x-trace`.
    let answer = client
        .orders()
        .list()
        .filter(
            OrdersListFilter::default()
                .status(Status::Paid)
                .after("2024-01-31".parse::<Formatted<Date>>()?),
        )
        .ids([1, 2])
        .near(OrdersListNear::default().lat(1.5).lon(2.5))
        .page(2)
        .q("red/shoes")
        .session("abc")
        .sort(OrdersListSort::MinusDate)
        .x_request_id("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
        .request()
        .header("x-trace", "1")
        .await?;
    Ok(answer)
}
