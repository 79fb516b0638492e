//! A function of text is called on a number.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Order;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().list().filter(Order::NUMBER.contains("7")).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
