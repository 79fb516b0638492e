use golden_service::Client;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    client
        .new_()
        .delivery()
        .as_express_delivery()
        .couriers()
        .references()
        .add_url("customers(1)")
        .await?;
    Ok(())
}
