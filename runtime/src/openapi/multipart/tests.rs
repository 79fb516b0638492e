use super::*;
use crate::json::Value as Kinded;
use crate::json::{self, Additional, Maybe, Untyped, from_json};
use crate::types::Date;
use crate::web::transport::{Body, TransportError};
use futures_util::stream;
use indexmap::IndexMap;
use proptest::prelude::*;

/// A type as a generated crate has it.
struct Upload {
    title: String,
    image: File,
    others: Option<Vec<File>>,
    date: Option<Date>,
    note: Maybe<String>,
    tags: Option<Vec<Option<String>>>,
    counts: Option<IndexMap<String, i64>>,
    anything: Option<Untyped>,
    grid: Option<Vec<Vec<i64>>>,
    additional: Additional,
}

impl json::Blank for Upload {
    fn blank() -> Self {
        Self {
            title: json::blank(),
            image: json::blank(),
            others: None,
            date: None,
            note: Maybe::Absent,
            tags: None,
            counts: None,
            anything: None,
            grid: None,
            additional: Additional::default(),
        }
    }
}

impl json::Structured for Upload {
    fn shape(&self) -> &'static json::Shape {
        const {
            &json::Shape::json(
                "Upload",
                &["title", "image", "others", "date", "note", "tags", "counts", "anything", "grid"],
            )
            .with_required(&[0, 1])
        }
    }

    fn slot(&mut self, index: usize) -> json::Slot<'_> {
        match index {
            0 => json::required_slot(&mut self.title),
            1 => json::required_slot(&mut self.image),
            2 => json::slot(&mut self.others),
            3 => json::slot(&mut self.date),
            4 => json::maybe_slot(&mut self.note),
            5 => json::slot(&mut self.tags),
            6 => json::slot(&mut self.counts),
            7 => json::slot(&mut self.anything),
            8 => json::slot(&mut self.grid),
            _ => json::Slot::Additional(&mut self.additional),
        }
    }

    fn view(&self, index: usize) -> json::View<'_> {
        match index {
            0 => json::required_view(&self.title),
            1 => json::required_view(&self.image),
            2 => json::view(&self.others),
            3 => json::view(&self.date),
            4 => json::maybe_view(&self.note),
            5 => json::view(&self.tags),
            6 => json::view(&self.counts),
            7 => json::view(&self.anything),
            8 => json::view(&self.grid),
            _ => json::View::Additional(&self.additional),
        }
    }
}

crate::value_of_kind!(Upload, json::Strict);

fn upload(title: &str, image: impl Into<File>) -> Upload {
    Upload { title: title.to_owned(), image: image.into(), ..json::blank() }
}

const FORM: &str = "multipart/form-data";

/// The media type and the content of a body whose parts have no headers of the caller.
fn whole<T: json::Value>(
    media_type: &str,
    boundary: &str,
    declared: &[Part],
    value: &T,
) -> (String, Content) {
    let parts = write(media_type, boundary, declared, &Kinded::view(value)).unwrap();
    (parts.media_type.clone(), parts.content(&[]).unwrap())
}

fn written<T: json::Value>(media_type: &str, declared: &[Part], value: &T) -> (String, String) {
    let (content_type, content) = whole(media_type, "B", declared, value);
    let text = String::from_utf8(content.bytes().unwrap().to_vec()).unwrap();
    (content_type, text.replace("\r\n", "\n"))
}

#[track_caller]
fn fault<T: json::Value>(declared: &[Part], value: &T) -> String {
    write(FORM, "B", declared, &value.view()).map(drop).unwrap_err().to_string()
}

/// A part as another parser reads it: name, file name, media type and content.
type Read = (Option<String>, Option<String>, Option<String>, Vec<u8>);

/// All parts of a body.
async fn read(content_type: &str, body: Body) -> Vec<Read> {
    let boundary = multer::parse_boundary(content_type).unwrap();
    let mut form = multer::Multipart::new(body.into_stream(), boundary);
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.unwrap() {
        let head = (
            field.name().map(str::to_owned),
            field.file_name().map(str::to_owned),
            field.content_type().map(ToString::to_string),
        );
        parts.push((head.0, head.1, head.2, field.bytes().await.unwrap().to_vec()));
    }
    parts
}

#[test]
fn a_form_has_a_part_for_each_member_and_each_item() {
    let mut value =
        upload("A \"b\"", File::new("GIF").with_name("d.gif").with_media_type("image/gif"));
    value.others = Some(vec![File::new("1").with_name("one"), File::new("2")]);
    value.date = Some("2026-11-30".parse().unwrap());
    value.note = Maybe::Null;
    value.tags = Some(vec![Some("x".to_owned()), None, Some("y".to_owned())]);
    value.counts = Some(IndexMap::from([("a".to_owned(), 1)]));
    value.grid = Some(vec![vec![1, 2], vec![3]]);
    value.additional.insert("more", Untyped::from("z"));
    let (content_type, text) = written(FORM, &[], &value);
    assert_eq!(content_type, "multipart/form-data; boundary=B");
    let expected = [
        "Content-Disposition: form-data; name=\"title\"\n\nA \"b\"",
        "Content-Disposition: form-data; name=\"image\"; filename=\"d.gif\"\nContent-Type: image/gif\n\nGIF",
        "Content-Disposition: form-data; name=\"others\"; filename=\"one\"\n\
         Content-Type: application/octet-stream\n\n1",
        "Content-Disposition: form-data; name=\"others\"; filename=\"others\"\n\
         Content-Type: application/octet-stream\n\n2",
        "Content-Disposition: form-data; name=\"date\"\n\n2026-11-30",
        "Content-Disposition: form-data; name=\"tags\"\n\nx",
        "Content-Disposition: form-data; name=\"tags\"\n\ny",
        "Content-Disposition: form-data; name=\"counts\"\nContent-Type: application/json\n\n{\"a\":1}",
        "Content-Disposition: form-data; name=\"grid\"\nContent-Type: application/json\n\n[1,2]",
        "Content-Disposition: form-data; name=\"grid\"\nContent-Type: application/json\n\n[3]",
        "Content-Disposition: form-data; name=\"more\"\n\nz",
    ];
    let expected: String = expected.iter().map(|part| format!("--B\n{part}\n")).collect();
    assert_eq!(text, expected + "--B--\n");
}

#[test]
fn any_json_has_the_parts_that_a_struct_would_have() {
    let json: Untyped = r#"{"a":"x","b":[1,{"c":null}],"d":{"e":[]},"f":null}"#.parse().unwrap();
    let (_, whole) = written(FORM, &[], &json);
    let expected = "--B\nContent-Disposition: form-data; name=\"a\"\n\nx\n\
        --B\nContent-Disposition: form-data; name=\"b\"\n\n1\n\
        --B\nContent-Disposition: form-data; name=\"b\"\nContent-Type: application/json\n\n{\"c\":null}\n\
        --B\nContent-Disposition: form-data; name=\"d\"\nContent-Type: application/json\n\n{\"e\":[]}\n--B--\n";
    assert_eq!(whole, expected);
    let mut value = upload("", File::default());
    value.anything = Some(json);
    let (_, text) = written(FORM, &[], &value);
    assert!(
        text.contains("name=\"anything\"\nContent-Type: application/json\n\n{\"a\":\"x\""),
        "{text}"
    );
}

#[test]
fn a_declared_media_type_wins_if_it_is_one() {
    let types = |declared: &'static str, file: File| {
        let parts = [Part::new("image").with_content_type(declared)];
        let (_, text) = written(FORM, &parts, &upload("a", file));
        let after = text.split("Content-Type: ").nth(1).unwrap().to_owned();
        after.split('\n').next().unwrap().to_owned()
    };
    let gif = || File::new("GIF").with_media_type("image/gif");
    assert_eq!(types("image/png", gif()), "image/png");
    assert_eq!(types("image/png, image/gif", gif()), "image/gif");
    assert_eq!(types("image/*", gif()), "image/gif");
    assert_eq!(types("image/png, image/gif", File::new("GIF")), "image/png");
    assert_eq!(types("image/*, image/webp", File::new("GIF")), "image/webp");
    assert_eq!(types("image/*", File::new("GIF")), "application/octet-stream");
    assert_eq!(types("", gif()), "image/gif");
}

#[test]
fn texts_and_objects_have_declared_types_and_headers() {
    let parts = [
        Part::new("title").with_content_type("application/json"),
        Part::new("counts")
            .with_content_type("application/vnd.counts+json")
            .with_headers(&[("X-Kind", "all")]),
        Part::new("tags").with_content_type("text/plain; charset=utf-8"),
        Part::new("grid").with_content_type("application/json"),
        Part::new("more").with_content_type("application/json"),
    ];
    let mut value = upload("a\"b", File::new("1").with_header("X-File", "f"));
    value.counts = Some(IndexMap::from([("a".to_owned(), 1)]));
    value.tags = Some(vec![Some("t".to_owned())]);
    value.grid = Some(vec![vec![1, 2], vec![3]]);
    value.additional.insert("more", "[1, \"x\"]".parse::<Untyped>().unwrap());
    let (_, text) = written(FORM, &parts, &value);
    for expected in [
        "name=\"title\"\nContent-Type: application/json\n\n\"a\\\"b\"\n",
        "name=\"counts\"\nContent-Type: application/vnd.counts+json\nX-Kind: all\n\n{\"a\":1}\n",
        "name=\"tags\"\nContent-Type: text/plain; charset=utf-8\n\nt\n",
        "Content-Type: application/octet-stream\nX-File: f\n\n1\n",
        "name=\"grid\"\nContent-Type: application/json\n\n[[1,2],[3]]\n",
        "name=\"more\"\nContent-Type: application/json\n\n[1,\"x\"]\n",
    ] {
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn a_styled_part_has_the_pairs_of_a_form() {
    const TAGS: Parameter = Parameter::query("tags").with_explode(false);
    const COUNTS: Parameter = Parameter::query("counts");
    let parts = [Part::new("tags").with_style(&TAGS), Part::new("counts").with_style(&COUNTS)];
    let mut value = upload("", File::default());
    value.tags = Some(vec![Some("a b".to_owned()), Some("c&d".to_owned())]);
    value.counts = Some(IndexMap::from([("one".to_owned(), 1), ("two".to_owned(), 2)]));
    let (_, text) = written(FORM, &parts, &value);
    for expected in ["name=\"tags\"\n\na b,c&d\n", "name=\"one\"\n\n1\n", "name=\"two\"\n\n2\n"] {
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn parts_of_other_bodies_have_no_names() {
    let mut value = upload("a", File::new("GIF").with_media_type("image/gif").with_name("d.gif"));
    value.counts = Some(IndexMap::from([("a".to_owned(), 1)]));
    let (content_type, text) = written("multipart/mixed", &[], &value);
    assert_eq!(content_type, "multipart/mixed; boundary=B");
    let expected = "--B\n\na\n\
        --B\nContent-Disposition: attachment; filename=\"d.gif\"\nContent-Type: image/gif\n\nGIF\n\
        --B\nContent-Type: application/json\n\n{\"a\":1}\n--B--\n";
    assert_eq!(text, expected);

    let json: Untyped = r#"[{"a":1},"b","c"]"#.parse().unwrap();
    let parts = [
        Part::new("[0]").with_content_type("application/ld+json; charset=utf-8"),
        Part::new("[]").with_content_type("text/markdown"),
    ];
    let (content_type, text) = written("multipart/related", &parts, &json);
    assert_eq!(content_type, "multipart/related; boundary=B; type=\"application/ld+json\"");
    let expected = "--B\nContent-Type: application/ld+json; charset=utf-8\n\n{\"a\":1}\n\
        --B\nContent-Type: text/markdown\n\nb\n--B\nContent-Type: text/markdown\n\nc\n--B--\n";
    assert_eq!(text, expected);
    let (_, files) = written("multipart/mixed", &[], &vec![File::new("1"), File::new("2")]);
    assert_eq!(files.matches("--B\nContent-Type: application/octet-stream\n\n").count(), 2);
}

#[test]
fn what_a_part_cannot_have_is_a_fault() {
    let title = |file: File| upload("a", file);
    let file = || File::new("1");
    let wrong = fault(&[], &title(file().with_media_type("a/b\r\nX: y")));
    assert!(wrong.starts_with(
        "the value of `image` cannot be sent: the value of the header `Content-Type`"
    ));
    let wrong = fault(&[], &title(file().with_header("a b", "c")));
    assert!(wrong.ends_with("`a b` is not a header name"), "{wrong}");
    let wrong = fault(&[], &title(file().with_header("X-A", "b\n")));
    assert!(wrong.contains("that no header can carry"), "{wrong}");
    let wrong = fault(&[], &title(file().with_header("content-type", "a/b")));
    assert!(wrong.contains("made of its names and its media type"), "{wrong}");
}

#[test]
fn a_body_that_was_read_is_written_as_it_came() {
    let value: Upload = from_json(br#"{"title":"a","image":"b","tags":"not a list"}"#).unwrap();
    let (_, text) = written(FORM, &[], &value);
    assert!(text.contains("name=\"image\"; filename=\"image\"\n"), "{text}");
    assert!(text.contains("name=\"tags\"\n\nnot a list\n"), "{text}");
    assert!(from_json::<Upload>(br#"{"title":"a"}"#).is_err());
}

const GIGABYTE: u64 = 1 << 30;

/// A file of zeros that is never in memory.
fn zeros(length: u64) -> File {
    const CHUNK: &[u8] = &[0; 64 * 1024];
    File::opened(Some(length), move || {
        let chunks = (0..length.div_ceil(CHUNK.len() as u64)).map(move |index| {
            let left = usize::try_from(length - index * CHUNK.len() as u64).unwrap();
            Ok::<_, TransportError>(Bytes::from_static(&CHUNK[..left.min(CHUNK.len())]))
        });
        Body::from_stream(stream::iter(chunks))
    })
}

#[tokio::test]
async fn a_gigabyte_is_sent_in_small_parts_whose_length_is_known() {
    let value = upload("a", zeros(GIGABYTE).with_name("zeros"));
    let (_, content) = whole(FORM, "B", &[], &value);
    let length = content.length().unwrap();
    assert!(length > GIGABYTE && length < GIGABYTE + 500, "{length}");
    let (mut sent, mut longest) = (0, 0);
    let mut body = content.body();
    assert_eq!(http_body::Body::size_hint(&body).exact(), Some(length));
    while let Some(chunk) = body.chunk().await.unwrap() {
        sent += chunk.len() as u64;
        longest = longest.max(chunk.len());
    }
    assert_eq!((sent, longest), (length, 64 * 1024));
}

#[tokio::test]
async fn a_streamed_form_can_be_sent_again_and_another_parser_reads_it() {
    const LENGTH: u64 = 20_000_000;
    let value = upload("a", zeros(LENGTH).with_name("zeros"));
    let (content_type, content) = whole(FORM, "B", &[], &value);
    drop(content.body().chunk().await.unwrap());
    let mut form = multer::Multipart::new(
        content.body().into_stream(),
        multer::parse_boundary(content_type).unwrap(),
    );
    assert_eq!(form.next_field().await.unwrap().unwrap().text().await.unwrap(), "a");
    let mut field = form.next_field().await.unwrap().unwrap();
    assert_eq!((field.name(), field.file_name()), (Some("image"), Some("zeros")));
    let mut read = 0;
    while let Some(chunk) = field.chunk().await.unwrap() {
        read += chunk.len() as u64;
    }
    assert_eq!(read, LENGTH);
    drop(field);
    assert!(form.next_field().await.unwrap().is_none());
}

#[test]
fn a_length_that_is_not_known_makes_that_of_the_body_unknown() {
    let value = upload("a", File::opened(None, Body::default));
    let (_, content) = whole(FORM, "B", &[], &value);
    assert_eq!((content.length(), content.bytes()), (None, None));
}

#[test]
fn headers_of_parts_are_those_of_the_caller() {
    const DECLARED: &[Part] = &[
        Part::new("title").with_headers(&[("X-Kind", "a")]).with_given_headers(&[
            Parameter::header("X-Ids"),
            Parameter::header("X-At").with_explode(true),
        ]),
        Part::new("tags").with_given_headers(&[Parameter::header("X-Tag")]),
    ];
    let mut value = upload("a", File::new("b"));
    value.tags = Some(vec![Some("c".to_owned()), Some("d".to_owned())]);
    let with = |given: &[GivenHeader]| {
        let parts = write(FORM, "B", DECLARED, &Kinded::view(&value)).unwrap();
        parts.content(given).map(|content| {
            String::from_utf8(content.bytes().unwrap().to_vec()).unwrap().replace("\r\n", "\n")
        })
    };
    let given = |part, name, json: &str| (part, name, json.to_owned());
    let text = with(&[
        given("title", "X-Ids", "[1,2]"),
        given("title", "X-At", r#"{"a":1,"b":"x"}"#),
        given("tags", "X-Tag", "\"1\""),
        given("tags", "X-Tag", "\"2\""),
    ]);
    let text = text.unwrap();
    let title = "name=\"title\"\nX-Kind: a\nX-Ids: 1,2\nX-At: a=1,b=x\n\na\n--B\n";
    assert!(text.contains(title), "{text}");
    for tag in ["c", "d"] {
        assert!(text.contains(&format!("name=\"tags\"\nX-Tag: 2\n\n{tag}\n--B")), "{text}");
    }
    assert_eq!(with(&[]).unwrap(), written(FORM, DECLARED, &value).1);
    for (header, message) in [
        (given("title", "X-Ids", "\"a\\nb\""), "cannot have control characters"),
        (given("title", "X-None", "1"), "has no header `X-None`"),
        (given("none", "X-Ids", "1"), "the part `none` has no header"),
    ] {
        let fault = with(&[header]).unwrap_err().to_string();
        assert!(fault.contains(message), "{fault}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Another parser reads as many parts as there are, with the same content, whatever names and values are.
    #[test]
    fn another_parser_reads_what_was_written(
        title in "(?s).{0,20}|[\"\r\n\\-B:; a]{0,20}",
        name in "[^\x00-\x1f\x7f\"\\\\%]{1,12}",
        bytes in proptest::collection::vec(any::<u8>(), 0..60),
        items in proptest::collection::vec("[ -~]{0,8}", 0..4),
        more in "[\"\r\n\u{e}\\\\a\u{e4}]{1,6}",
    ) {
        let mut value = upload(&title, File::new(bytes.clone()).with_name(&name));
        value.tags = Some(items.iter().cloned().map(Some).collect());
        value.additional.insert(&more, Untyped::from("x"));
        let boundary = "unlikely-5d2c";
        let (content_type, content) = whole(FORM, boundary, &[], &value);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let parts = runtime.block_on(read(&content_type, content.body()));
        let text = |name: &str, text: &str| (Some(name.to_owned()), None, None, text.as_bytes().to_vec());
        let octets = Some("application/octet-stream".to_owned());
        let mut expected = vec![text("title", &title), (Some("image".to_owned()), Some(name), octets, bytes)];
        expected.extend(items.iter().map(|item| text("tags", item)));
        let more = more.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A").replace('\u{e}', "%0E").replace('\\', "%5C");
        expected.push(text(&more, "x"));
        prop_assert_eq!(parts, expected);
    }
}
