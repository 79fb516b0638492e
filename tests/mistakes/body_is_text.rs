//! An object is created from its JSON text.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().create(r#"{"note":"fragile"}"#).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
