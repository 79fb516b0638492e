use golden_events::Client;
use golden_events::runtime::model::Untyped;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let body = r#"[{"op":"test","path":"/a","value":1}]"#.parse::<Untyped>()?;
    client.animals().edit_notes(7, body).await?;
    Ok(())
}
