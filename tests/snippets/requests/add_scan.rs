use golden_requests::Client;
use golden_requests::runtime::model::File;
use golden_requests::types::{AddScanBody, Line, Order};

pub async fn example(client: &Client) -> Result<Order, Box<dyn std::error::Error>> {
    let body = AddScanBody::new(
            File::from("first").with_name("first.png").with_media_type("image/png"),
        )
        .pages(
            vec![
                File::from("one").with_name("1.txt").with_media_type("text/plain"),
                File::from("two").with_name("2.txt").with_media_type("text/plain")
            ],
        )
        .line(Line::new("shoe"));
    let answer = client.orders().add_scan(7, body).line_x_sequence([1, 2]).await?;
    Ok(answer)
}
