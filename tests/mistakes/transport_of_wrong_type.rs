//! A builder is given something that is not a transport.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake() -> Result<(), Error> {
    let client: Client = Client::builder().transport("https://proxy.example.com").build()?;
    client.reset().await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
