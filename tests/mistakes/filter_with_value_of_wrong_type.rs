//! A property is compared with a value of another type.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Order;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().list().filter(Order::NUMBER.eq("seven")).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
