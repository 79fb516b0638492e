use golden_requests::Client;
use golden_requests::types::{Line, NewOrder};

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let body = [
        NewOrder::new(vec![Line::new("shoe")]),
        NewOrder::new(vec![]).tags(vec!["a".to_owned()]),
    ];
    client.orders().import_lines(body).await?;
    Ok(())
}
