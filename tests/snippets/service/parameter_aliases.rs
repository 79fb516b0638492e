use golden_service::Client;

pub async fn example(client: &Client) -> Result<bool, Box<dyn std::error::Error>> {
    // There is no typed call for `matches(numbers=@n,address=@a)`.
    // `@n` is a parameter alias, which is sent as it is written.
    // `@a` is a parameter alias, which is sent as it is written.
    let answer = client
        .orders()
        .number(7)
        .resource()
        .raw("matches(numbers=@n,address=@a)")
        .get::<bool>()
        .query("@n", "[1]")
        .query("@a", "{\"street\":\"a'b\"}")
        .await?;
    Ok(answer)
}
