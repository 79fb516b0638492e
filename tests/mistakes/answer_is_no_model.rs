//! An answer is read as a type that is not a model.

use golden_service::Client;
use golden_service::runtime::Error;

async fn mistake(client: &Client) -> Result<(), Error> {
    struct Report;
    let report: Report = client.raw("report").get().await?;
    drop(report);
    Ok(())
}

fn main() {
    let _ = mistake;
}
