use golden_service::Client;
use golden_service::shop::{Line, Size};

pub async fn example(client: &Client) -> Result<Line, Box<dyn std::error::Error>> {
    let answer = client
        .orders()
        .number(7)
        .lines()
        .key("AAMk===", Size::Small)
        .get()
        .await?;
    Ok(answer)
}
