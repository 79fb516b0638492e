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
            Customer::FRIENDS
                .any(|x1| {
                    x1
                        .then(Customer::GET)
                        .is_not_null()
                        .and(x1.then(Customer::GET).then(Customer::NAME).eq("Ada"))
                        .and(
                            x1
                                .then(Customer::FRIENDS)
                                .any(|x2| {
                                    x2.then(Customer::NAME).eq(x1.then(Customer::NAME))
                                }),
                        )
                }),
        )
        .await?;
    Ok(page)
}
