//! A member that is never null is given an `Option`.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::CustomerUpdate;

async fn mistake(client: &Client) -> Result<(), Error> {
    let name = std::env::args().nth(1);
    client.customers().create(CustomerUpdate::new().name(name)).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
