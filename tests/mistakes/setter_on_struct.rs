//! A setter is called on the struct, and not on its builder.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Order;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().create(Order::default().note("fragile")).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
