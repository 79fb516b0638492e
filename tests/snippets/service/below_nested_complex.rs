use golden_service::Client;
use golden_service::shop::Customer;

pub async fn example(client: &Client) -> Result<Customer, Box<dyn std::error::Error>> {
    let answer = client
        .new_()
        .delivery()
        .depot()
        .as_cold_depot()
        .keepers()
        .id("01234567-89ab-cdef-0123-456789abcdef")
        .get()
        .select(Customer::NAME)
        .await?;
    Ok(answer)
}
