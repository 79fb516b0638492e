use golden_requests::Client;
use golden_requests::books::CreateXmlAnswer;
use golden_requests::types::{Author, Book, BookBlurb, SoftCover};

pub async fn example(
    client: &Client,
) -> Result<CreateXmlAnswer, Box<dyn std::error::Error>> {
    let body = Book::new(
            "7",
            "Sea & Sky",
            vec![Author::new("Ada").born(1815), Author::new("Bo")],
        )
        .tags(vec!["a".to_owned(), "b".to_owned()])
        .pages(12)
        .cover(SoftCover::new().size("3"))
        .parent(Box::new(Book::new("6", "Sea", vec![])))
        .blurb(BookBlurb::default().language("en").html("<p>Read it!</p>"));
    let answer = client.books().create_xml(body).await?;
    Ok(answer)
}
