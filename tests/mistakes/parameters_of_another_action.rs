//! An action is given the parameters of another one.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::shop::OpenParameters;

async fn mistake(client: &Client) -> Result<(), Error> {
    client.orders().number(1).ship(OpenParameters::new()).await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
