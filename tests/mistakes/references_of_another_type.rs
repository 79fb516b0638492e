//! A reference is to an object of another type.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    let friends = client.customers().by_name("Ada").friends();
    friends.references().add(client.orders().number(1)).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
