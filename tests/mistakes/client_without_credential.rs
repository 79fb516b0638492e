//! A client is made without a credential.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake() -> Result<(), Error> {
    let client = Client::new()?;
    client.reset().await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
