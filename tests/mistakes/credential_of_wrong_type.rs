//! A client is given something that is not a credential.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake() -> Result<(), Error> {
    let client = Client::new(std::env::var("TOKEN").ok())?;
    client.reset().await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
