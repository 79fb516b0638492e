//! A member of a request is read, and not of its answer.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    let order = client.orders().number(1).get();
    println!("{:?}", order.note);
    Ok(())
}

fn main() {
    let _ = mistake;
}
