use golden_events::Client;
use golden_events::runtime::model::Maybe;
use golden_events::types::WishesPatch;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let body = WishesPatch::default().garden(Maybe::Null).note("quiet".to_owned());
    client.animals().wish(7).body(body).await?;
    Ok(())
}
