use golden_service::Client;
use golden_service::shop::{Address, Order};

pub async fn example(client: &Client) -> Result<String, Box<dyn std::error::Error>> {
    let answer = client
        .orders()
        .number(7)
        .property(Order::ADDRESS.then(Address::STREET))
        .get()
        .await?;
    Ok(answer)
}
