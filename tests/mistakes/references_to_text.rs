//! A reference is the text of an address.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    let friends = client.customers().by_name("Ada").friends();
    friends.references().add("https://example.com/shop/customers(1)").await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
