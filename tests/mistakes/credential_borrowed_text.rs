//! A client is given a token that lives no longer than its variable.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake() -> Result<(), Error> {
    let token = std::env::var("TOKEN").unwrap_or_default();
    let client = Client::new(token.as_str())?;
    client.reset().await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
