use golden_requests::Client;
use golden_requests::runtime::bytes::Bytes;
use golden_requests::types::GetSearchKindAllQuery;

pub async fn example(client: &Client) -> Result<Bytes, Box<dyn std::error::Error>> {
    let answer = client
        .search()
        .get(
            GetSearchKindAllQuery::default()
                .text("red")
                .tags(vec!["a".to_owned(), "b".to_owned()]),
        )
        .await?;
    Ok(answer)
}
