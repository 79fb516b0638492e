//! A member of bytes is given text.

use golden_values::Client;
use golden_values::runtime::Error;
use golden_values::values::{EverythingUpdate, HolderUpdate};

async fn mistake(client: &Client) -> Result<(), Error> {
    let everything = EverythingUpdate::new().binary("SGVsbG8=");
    client.holders().create(HolderUpdate::new().everything(everything)).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
