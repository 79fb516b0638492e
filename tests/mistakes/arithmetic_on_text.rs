//! A sum is made of text.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Order;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().list().filter(Order::NOTE.plus("!").eq("?")).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
