//! Several objects are created at once.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::OrderUpdate;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().create([OrderUpdate::new(), OrderUpdate::new()]).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
