use golden_service::Client;
use golden_service::runtime::model::Null;
use golden_service::shop::{Address, AddressUpdate, Order};

pub async fn example(
    client: &Client,
) -> Result<Option<Address>, Box<dyn std::error::Error>> {
    let update = AddressUpdate::new().street(Null);
    let answer = client
        .orders()
        .number(7)
        .property(Order::ADDRESS)
        .update(update)
        .await?;
    Ok(answer)
}
