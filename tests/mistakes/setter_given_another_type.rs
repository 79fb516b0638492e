//! A setter of an object is given the builder of another type.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::{CustomerUpdate, OrderShipParameters};

async fn mistake(client: &Client) -> Result<(), Error> {
    let parameters = OrderShipParameters::new().to(CustomerUpdate::new());
    client.orders().number(1).ship(parameters).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
