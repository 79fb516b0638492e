use golden_service::Client;
use golden_service::runtime::model::Null;
use golden_service::shop::{AddressUpdate, Order, OrderUpdate};

pub async fn example(
    client: &Client,
) -> Result<Option<Order>, Box<dyn std::error::Error>> {
    // The schema writes `note`, not `Note`.
    // The schema writes `street`, not `Street`.
    // The schema writes `address`, not `Address`.
    // The schema writes `tags`, not `Tags`.
    // The schema writes `placed`, not `Placed`.
    let update = OrderUpdate::new()
        .note("x")
        .address(AddressUpdate::new().street(Null))
        .additional("tags@odata.type", "#Collection(String)")
        .tags(["a"])
        .additional("Placed", "2026-01-31T00:00:00Z");
    let answer = client.orders().number(7).update(update).await?;
    Ok(answer)
}
