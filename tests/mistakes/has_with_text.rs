//! The members of a set are asked for with text.

use golden_values::Client;
use golden_values::runtime::Error;
use golden_values::values::{Everything, Holder};

async fn mistake(client: &Client) -> Result<(), Error> {
    let monday = Holder::EVERYTHING.then(Everything::DAYS).has("monday");
    client.holders().list().filter(monday).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
