//! A path is filtered, and not the request for its objects.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Order;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().filter(Order::NOTE.eq("fragile")).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
