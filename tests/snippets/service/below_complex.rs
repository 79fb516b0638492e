use golden_service::Client;
use golden_service::shop::Customer;

pub async fn example(client: &Client) -> Result<Customer, Box<dyn std::error::Error>> {
    let answer = client.new_().delivery().carrier().get().await?;
    Ok(answer)
}
