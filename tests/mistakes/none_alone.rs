//! `None` alone does not say which `Option` it is.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::OrderUpdate;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().number(1).update(OrderUpdate::new().note(None)).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
