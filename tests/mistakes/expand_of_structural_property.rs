//! A property that is not a navigation property is expanded.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Order;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().list().expand(Order::ADDRESS).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
