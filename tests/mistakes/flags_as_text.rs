//! A set of members is given text.

use golden_values::Client;
use golden_values::runtime::Error;
use golden_values::values::{EverythingUpdate, HolderUpdate};

async fn mistake(client: &Client) -> Result<(), Error> {
    let everything = EverythingUpdate::new().days("monday,tuesday");
    client.holders().create(HolderUpdate::new().everything(everything)).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
