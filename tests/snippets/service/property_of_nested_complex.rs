use golden_service::Client;
use golden_service::shop::{Address, Delivery, Depot, Settings};

pub async fn example(client: &Client) -> Result<String, Box<dyn std::error::Error>> {
    let answer = client
        .new_()
        .property(
            Settings::DELIVERY
                .then(Delivery::DEPOT)
                .then(Depot::ADDRESS)
                .then(Address::STREET),
        )
        .get()
        .await?;
    Ok(answer)
}
