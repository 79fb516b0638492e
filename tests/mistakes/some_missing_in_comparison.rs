//! A field is compared with a value, and not with `Some` of it.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    let order = client.orders().number(1).get().await?;
    if order.note == "fragile" {
        println!("careful");
    }
    Ok(())
}

fn main() {
    let _ = mistake;
}
