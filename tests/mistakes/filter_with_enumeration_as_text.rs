//! An enumeration is compared with text.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Line;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().number(1).lines().list().filter(Line::SIZE.eq("big")).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
