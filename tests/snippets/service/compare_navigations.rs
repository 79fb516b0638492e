use golden_service::Client;
use golden_service::runtime::Page;
use golden_service::shop::Customer;

pub async fn example(
    client: &Client,
) -> Result<Page<Customer>, Box<dyn std::error::Error>> {
    let page = client
        .customers()
        .list()
        .filter(
            Customer::GET
                .eq(Customer::RESOURCE)
                .and(
                    Customer::FRIENDS
                        .any(|x1| x1.then(Customer::GET).ne(Customer::RESOURCE)),
                ),
        )
        .await?;
    Ok(page)
}
