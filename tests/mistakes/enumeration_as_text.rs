//! A setter of an enumeration is given text.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::LineUpdate;

async fn mistake(client: &Client) -> Result<(), Error> {
    let line = LineUpdate::new().size("big");
    client.orders().number(1).lines().create(line).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
