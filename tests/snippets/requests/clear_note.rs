use golden_requests::Client;
use golden_requests::runtime::model::Null;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let body = Null;
    client.orders().put_id_note(7, body).await?;
    Ok(())
}
