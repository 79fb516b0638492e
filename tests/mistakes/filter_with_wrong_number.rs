//! A property is compared with a number of another width.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::Line;

async fn mistake(client: &Client) -> Result<(), Error> {
    let count: i64 = 3;
    client.orders().number(1).lines().list().filter(Line::COUNT.ge(count)).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
