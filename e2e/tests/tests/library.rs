//! A generated client against the service in `e2e/srv`. Each test has its own books, because the tests run
//! in parallel.

use library_client::Client;
use library_client::library_service::{
    Authors, AuthorsUpdate, Books, BooksLendParameters, BooksUpdate, Chapters, ChaptersUpdate,
    CloseParameters, Shelves,
};
use library_client::runtime::Error;
use library_client::runtime::model::Null;
use library_client::runtime::query::{Filter, now};
use library_client::runtime::transport::ReqwestTransport;

/// Strings with a special meaning in URLs, OData, SQL or JSON.
const AWKWARD: &[&str] = &[
    "O'Neil & Söhne/100%+#?",
    "a;b,c=d(e)[f]{g}",
    "$filter eq 'x' or true",
    "\"quoted\\\" \\u0041",
    "日本語 🦀",
    " blanks ",
    "%27%2F",
];

fn client() -> Client {
    let root =
        std::env::var("LIBRARY_ROOT").expect("`cargo xtask e2e` sets the address of the service");
    let transport = ReqwestTransport::direct().expect("a transport");
    Client::builder().service_root(root).transport(transport).build().expect("a client")
}

fn book(isbn: &str, title: &str) -> BooksUpdate {
    BooksUpdate::new().isbn(isbn).title(title)
}

async fn made(isbn: &str, title: &str) -> Books {
    client().books().create(book(isbn, title)).await.expect("a new book")
}

fn isbns(books: &[Books]) -> Vec<&str> {
    books.iter().filter_map(|book| book.isbn.as_deref()).collect()
}

#[tokio::test]
async fn an_entity_is_made_read_changed_and_deleted() -> Result<(), Error> {
    let client = client();
    let new = book("crud", "First").pages(7).condition("new");
    let created = client.books().create(new).await?;
    assert_eq!((created.title.as_deref(), created.pages), (Some("First"), Some(7)));
    assert_eq!(created.available, Some(true), "the default of the schema");

    let path = client.books().isbn("crud");
    let changed = path.update(BooksUpdate::new().title("Second").pages(Null)).await?;
    assert_eq!(changed.expect("the book").title.as_deref(), Some("Second"));
    let read = path.get().await?;
    assert_eq!(read.pages, None, "set to null");
    assert_eq!(read.condition.as_deref(), Some("new"), "what is absent stays as it is");

    path.replace(book("crud", "Third")).await?;
    let read = path.get().await?;
    assert_eq!((read.title.as_deref(), read.condition), (Some("Third"), None));

    path.delete().await?;
    let gone = path.get().await.expect_err("no book");
    assert!(gone.is_not_found(), "{gone}");
    Ok(())
}

#[tokio::test]
async fn every_value_comes_back_as_it_was() -> Result<(), Error> {
    let new = book("values", "Values")
        .copies_sold(9_007_199_254_740_991)
        .price("1234567.89")
        .weight(0.1)
        .published("0001-12-31")
        .opens("23:59:59")
        .printed("2017-01-01T00:00:17.776Z");
    client().books().create(new).await?;
    let read = client().books().isbn("values").get().await?;
    let exact = client().books().isbn("values").get().ieee754_compatible().await?;
    for read in [read, exact] {
        assert_eq!(read.copies_sold, Some(9_007_199_254_740_991));
        assert_eq!(read.price, Some("1234567.89".parse().expect("a decimal")));
        assert_eq!(read.weight, Some(0.1));
        assert_eq!(read.published, Some("0001-12-31".parse().expect("a date")));
        assert_eq!(read.opens, Some("23:59:59".parse().expect("a time")));
        assert_eq!(read.printed, Some("2017-01-01T00:00:17.776Z".parse().expect("a time")));
    }
    Ok(())
}

#[tokio::test]
async fn awkward_strings_are_keys_values_and_parts_of_filters() -> Result<(), Error> {
    let client = client();
    for text in AWKWARD {
        // The service puts the key into `Location`, and cannot do so if it is not ASCII.
        let key = if text.is_ascii() { text } else { "unicode" };
        let isbn = format!("awkward {key}");
        let created = made(&isbn, text).await;
        assert_eq!(created.title.as_deref(), Some(*text));
        let read = client.books().isbn(&isbn).get().await?;
        assert_eq!(
            (read.isbn.as_deref(), read.title.as_deref()),
            (Some(isbn.as_str()), Some(*text))
        );
        let mine = Books::ISBN.starts_with("awkward ");
        let found = client.books().list().filter(mine.and(Books::TITLE.eq(*text))).await?;
        assert_eq!(isbns(&found.value), [isbn.as_str()]);
        client.books().isbn(&isbn).delete().await?;
    }
    Ok(())
}

#[tokio::test]
async fn typed_queries_find_what_they_ask_for() -> Result<(), Error> {
    let client = client();
    for (isbn, title, pages) in
        [("query-1", "Aspen", 100), ("query-2", "birch", 200), ("query-3", "Cedar", 300)]
    {
        let condition = if pages == 200 { "worn" } else { "new" };
        client.books().create(book(isbn, title).pages(pages).condition(condition)).await?;
    }
    let mine = || Books::ISBN.starts_with("query-");
    let find = async |filter: Filter<Books>| -> Result<Vec<String>, Error> {
        let list = client.books().list().filter(mine().and(filter)).order_by(Books::ISBN);
        let found = list.await?.value;
        Ok(isbns(&found).into_iter().map(str::to_owned).collect())
    };
    assert_eq!(find(Books::PAGES.gt(100).and(Books::PAGES.lt(300))).await?, ["query-2"]);
    assert_eq!(find(Books::PAGES.is_in([100, 300])).await?, ["query-1", "query-3"]);
    assert_eq!(find(Books::TITLE.to_lower().eq("aspen")).await?, ["query-1"]);
    assert_eq!(
        find(Books::TITLE.contains("ir").or(Books::TITLE.ends_with("dar"))).await?,
        ["query-2", "query-3"]
    );
    assert_eq!(find(Books::CONDITION.eq("new").not()).await?, ["query-2"]);
    assert_eq!(find(Books::TITLE.length().eq(5).and(Books::PRICE.is_null())).await?.len(), 3);
    assert_eq!(find(Books::CREATED_AT.lt(now())).await?.len(), 3);

    let page = client
        .books()
        .list()
        .filter(mine())
        .select((Books::ISBN, Books::TITLE))
        .order_by(Books::PAGES.descending())
        .top(2)
        .skip(1)
        .count()
        .await?;
    assert_eq!((page.count, isbns(&page.value)), (Some(3), vec!["query-2", "query-1"]));
    assert_eq!(page.value[0].pages, None, "it was not selected");
    let number = client.books().count().filter(mine()).await?;
    assert_eq!(number.value, 3);
    Ok(())
}

#[tokio::test]
async fn related_objects_are_made_expanded_and_reached() -> Result<(), Error> {
    let client = client();
    let author = client.authors().create(AuthorsUpdate::new().name("Ada")).await?;
    let id = author.id.expect("the service returns it");
    let chapter =
        |number: i32, heading: &str| ChaptersUpdate::new().number(number).heading(heading);
    let chapters = [chapter(1, "One"), chapter(2, "Two")];
    client.books().create(book("deep", "Deep").author_id(id).chapters(chapters)).await?;

    let expanded = client
        .books()
        .isbn("deep")
        .get()
        .select(Books::TITLE)
        .expand(Books::AUTHOR.with(|author| author.select(Authors::NAME)))
        .expand(Books::CHAPTERS.with(|chapters| {
            chapters.filter(Chapters::NUMBER.gt(1)).order_by(Chapters::NUMBER).count()
        }))
        .await?;
    assert_eq!(expanded.author.expect("expanded").name.as_deref(), Some("Ada"));
    assert_eq!(expanded.chapters.expect("expanded").len(), 1);

    let found = client.books().list().filter(Books::AUTHOR.then(Authors::NAME).eq("Ada"));
    assert_eq!(isbns(&found.await?.value), ["deep"]);
    let found = client
        .books()
        .list()
        .filter(Books::CHAPTERS.any(|one| one.then(Chapters::HEADING).eq("Two")));
    assert_eq!(isbns(&found.await?.value), ["deep"]);

    let path = client.books().isbn("deep");
    assert_eq!(path.author().get().await?.name.as_deref(), Some("Ada"));
    let two = path.chapters().key("deep", 2).get().await?;
    assert_eq!(two.heading.as_deref(), Some("Two"));
    let two = client.chapters().key("deep", 2).get().await?;
    assert_eq!(two.heading.as_deref(), Some("Two"));
    let etag = path.author().get().await?.additional.etag().expect("an ETag");
    let move_to = AuthorsUpdate::new().address_city("Rome");
    client.authors().id(id).update(move_to).if_match(etag).await?;
    let city = client.authors().id(id).property(Authors::ADDRESS_CITY).get().await?;
    assert_eq!(city, "Rome");
    Ok(())
}

#[tokio::test]
async fn properties_are_resources() -> Result<(), Error> {
    made("property", "Property").await;
    let path = client().books().isbn("property");
    let title = path.property(Books::TITLE);
    assert_eq!(title.get().await?, "Property");
    assert_eq!(&title.raw_value().await?[..], b"Property");
    title.set("O'Neil").await?;
    assert_eq!(title.get().await?, "O'Neil");
    Ok(())
}

#[tokio::test]
async fn collections_are_read_page_by_page() -> Result<(), Error> {
    let client = client();
    let first = client.shelves().list().await?;
    assert_eq!((first.value.len(), first.next_link.is_some()), (10, true));
    let second = first.next(&client).expect("a second page").await?;
    assert_eq!(second.value.first().and_then(|shelf| shelf.id), Some(11));
    let mut shelves = client.shelves().list().items();
    let mut ids = Vec::new();
    while let Some(shelf) = shelves.next().await {
        ids.extend(shelf?.id);
    }
    assert_eq!(ids, (1..=25).collect::<Vec<i32>>());
    let large =
        client.shelves().list().filter(Shelves::ID.gt(12)).order_by(Shelves::ID.descending());
    assert_eq!(large.all().await?.len(), 13);
    Ok(())
}

#[tokio::test]
async fn a_search_is_in_the_words_of_the_service() -> Result<(), Error> {
    let client = client();
    client.authors().create(AuthorsUpdate::new().name("Search Engine")).await?;
    let found = client.authors().list().search("Engine").await?;
    assert_eq!(found.value.len(), 1);
    Ok(())
}

#[tokio::test]
async fn bytes_are_written_and_read() -> Result<(), Error> {
    made("cover", "Cover").await;
    let cover = client().books().isbn("cover").stream(Books::COVER);
    let bytes: Vec<u8> = (0..=255).cycle().take(200_000).collect();
    cover.upload("image/png", bytes.clone()).await?;
    assert_eq!(cover.download().await?, bytes);
    let mut body = cover.open().await?.into_value();
    let mut read = Vec::new();
    while let Some(part) = body.chunk().await.expect("a part") {
        read.extend_from_slice(&part);
    }
    assert_eq!(read, bytes);
    let book = client().books().isbn("cover").get().await?;
    assert_eq!(book.cover_type.as_deref(), Some("image/png"));
    Ok(())
}

#[tokio::test]
async fn actions_and_functions_take_and_return_values() -> Result<(), Error> {
    let client = client();
    assert_eq!(client.add(40, 2).await?, Some(42));
    let closed = client.close(CloseParameters::new().reason("it's \"late\" & dark")).await?;
    assert_eq!(closed.as_deref(), Some("closed: it's \"late\" & dark"));
    let closed = client.close(CloseParameters::new().reason(Null)).await?;
    assert_eq!(closed.as_deref(), Some("closed: for no reason"));
    made("lend", "Lend").await;
    let lend = BooksLendParameters::new().to("Ada").days(3);
    let lent = client.books().isbn("lend").lend(lend).await?.expect("the book");
    assert_eq!((lent.available, lent.title.as_deref()), (Some(false), Some("Ada's")));
    assert!(client.titles().await?.value.iter().any(|title| !title.is_empty()));
    let similar = client.books().isbn("lend").similar(1).await?;
    assert_eq!(similar.value.len(), 1);
    Ok(())
}

#[tokio::test]
async fn an_etag_guards_against_lost_changes() -> Result<(), Error> {
    let created = client().authors().create(AuthorsUpdate::new().name("Etag")).await?;
    let path = client().authors().id(created.id.expect("the service returns it"));
    let first = created.additional.etag().expect("an ETag");
    let fresh = path.get().if_none_match(&first).await.expect_err("nothing new");
    assert!(fresh.is_not_modified(), "{fresh}");
    let blind = path.update(AuthorsUpdate::new().name("Blind")).await.expect_err("no condition");
    assert!(blind.is_precondition_required(), "{blind}");
    // The tag is the time of the last change, in milliseconds.
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    let changed = path.update(AuthorsUpdate::new().name("First")).if_match(&first).await?;
    let second = changed.and_then(|one| one.additional.etag()).expect("another ETag");
    assert_ne!(first, second);
    let lost = path.update(AuthorsUpdate::new().name("Second")).if_match(&first).await;
    let lost = lost.expect_err("a conflict");
    assert!(lost.is_precondition_failed(), "{lost}");
    path.delete().if_match(&second).await
}

#[tokio::test]
async fn errors_carry_the_message_of_the_service() -> Result<(), Error> {
    let client = client();
    let refused = client.refuse().await.expect_err("a conflict");
    assert!(refused.is_conflict(), "{refused}");
    let error = refused.service_error().expect("an OData error");
    assert_eq!(error.message(), "The library is open");

    made("error", "Error").await;
    let lend = BooksLendParameters::new().to("Ada").days(1000);
    let refused = client.books().isbn("error").lend(lend).await.expect_err("too long");
    assert_eq!(refused.status().map(|status| status.as_u16()), Some(422));
    let error = refused.service_error().expect("an OData error");
    let targets: Vec<_> = error.details().iter().filter_map(|detail| detail.target()).collect();
    assert_eq!(targets, ["days", "to"], "{error:?}");

    let wrong = client.books().list().filter("nonsense eq 1").await.expect_err("no such property");
    assert!(wrong.to_string().contains("nonsense"), "{wrong}");
    Ok(())
}

#[tokio::test]
async fn several_requests_travel_together() -> Result<(), Error> {
    let client = client();
    let mut batch = client.batch();
    let created = batch.add(client.books().create(book("batch O'1", "One")));
    let read = batch.add_after(client.books().isbn("batch O'1").get(), &[created.id()]);
    let missing = batch.add(client.books().isbn("batch none").get());
    let filter = Shelves::LABEL.eq("Shelf 7");
    let shelves = batch.add(client.shelves().list().filter(filter));
    let number = batch.add(client.add(1, 2));
    let mut answers = batch.send().await?;
    assert_eq!(answers.take(created)?.title.as_deref(), Some("One"));
    assert_eq!(answers.take(read)?.isbn.as_deref(), Some("batch O'1"));
    assert!(answers.take(missing).expect_err("no such book").is_not_found());
    assert_eq!(answers.take(shelves)?.value.len(), 1);
    assert_eq!(answers.take(number)?, Some(3));
    Ok(())
}
