//! A member of a result is read, and not of its value.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    let order = client.orders().number(1).get().await;
    println!("{:?}", order.note);
    Ok(())
}

fn main() {
    let _ = mistake;
}
