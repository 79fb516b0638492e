//! A page is a struct, and not a list.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    for order in client.orders().list().await? {
        println!("{:?}", order.note);
    }
    Ok(())
}

fn main() {
    let _ = mistake;
}
