//! A setter of a number is given text.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::LineUpdate;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().number(1).lines().create(LineUpdate::new().count("3")).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
