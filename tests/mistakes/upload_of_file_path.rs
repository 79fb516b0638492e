//! A file's path is uploaded, and not the file.

use golden_service::Client;
use golden_service::runtime::Error;
use golden_service::runtime::Upload;

async fn mistake(client: &Client) -> Result<(), Error> {
    let mut upload = Upload::new(client, "https://files.example/up?sig=x")?;
    upload.send::<()>("report.pdf").await?;
    Ok(())
}

fn main() {
    let _ = mistake;
}
