//! An object is updated with the changes to another type.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::LineUpdate;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().number(1).update(LineUpdate::new().count(3)).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
