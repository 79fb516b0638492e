//! A function takes a reference to the client.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake(client: Client) -> Result<(), Error> {
    golden_service::get_order(client, 1).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
