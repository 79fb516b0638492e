//! The items of a collection are compared with a value of another type.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Order;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().list().filter(Order::TAGS.any(|tag| tag.eq(1))).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
