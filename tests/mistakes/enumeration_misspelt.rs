//! A member of an enumeration is misspelt.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::{LineUpdate, Size};

async fn mistake(client: &Client) -> Result<(), Error> {
    let line = LineUpdate::new().size(Size::Larg);
    client.orders().number(1).lines().create(line).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
