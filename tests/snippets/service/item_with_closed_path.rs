use golden_service::Client;
use golden_service::shop::{Customer, CustomerPath};

pub async fn example(client: &Client) -> Result<Customer, Box<dyn std::error::Error>> {
    // `customer:/a b/c.txt:` is a path in the service's own notation, which the schema does not describe.
    let answer = CustomerPath::at(
            client.orders().number(7).resource().raw("customer:/a b/c.txt:"),
        )
        .get()
        .await?;
    Ok(answer)
}
