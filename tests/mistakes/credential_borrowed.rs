//! A client is given a reference to a token.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake() -> Result<(), Error> {
    let token = std::env::var("TOKEN").unwrap_or_default();
    let client = Client::new(&token)?;
    client.reset().await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
