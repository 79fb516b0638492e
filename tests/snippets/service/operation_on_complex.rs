use golden_service::Client;

pub async fn example(client: &Client) -> Result<f64, Box<dyn std::error::Error>> {
    let answer = client.new_().delivery().depot().distance("here").await?;
    Ok(answer)
}
