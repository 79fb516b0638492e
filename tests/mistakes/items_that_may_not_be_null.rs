//! A collection without nulls is given a null.

use golden_values::Client;
use golden_values::runtime::Error;
use golden_values::values::{EverythingUpdate, HolderUpdate};

async fn mistake(client: &Client) -> Result<(), Error> {
    let everything = EverythingUpdate::new().strings([Some("a"), None]);
    client.holders().create(HolderUpdate::new().everything(everything)).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
