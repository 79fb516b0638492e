use super::event_parser::{EventParser, RawEvent};
use super::record_parser::RecordParser;
use super::*;
use crate::json::Untyped;
use crate::openapi::stream::events::{EventData, EventForm, Events, WholeEvent};
use crate::openapi::stream::lines::Lines;
use crate::web::error::BoxError;
use crate::web::transport::TransportError;
use futures_util::{StreamExt, stream};
use indexmap::IndexMap;
use proptest::prelude::*;
use std::time::Duration;

/// What a parser finds in pieces of bytes.
fn found<P: Parser>(mut parser: P, pieces: &[&[u8]]) -> Vec<Result<P::Found, TooLong>> {
    let mut found = Vec::new();
    for piece in pieces {
        parser.push(Bytes::copy_from_slice(piece));
        found.extend(std::iter::from_fn(|| parser.next()));
    }
    found.extend(parser.end());
    found
}

/// The pieces of a text, cut at places.
fn cut<'a>(text: &'a [u8], places: &[usize]) -> Vec<&'a [u8]> {
    let mut places: Vec<usize> = places.iter().map(|place| place % (text.len() + 1)).collect();
    places.extend([0, text.len()]);
    places.sort_unstable();
    places.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

fn events(text: &str) -> Vec<RawEvent> {
    let found = found(EventParser::new(1000, String::new()), &[text.as_bytes()]);
    found.into_iter().map(|event| event.expect("it is short")).collect()
}

fn event(name: &str, data: &str, id: &str) -> RawEvent {
    RawEvent { name: name.to_owned(), data: data.to_owned(), id: id.to_owned(), retry: None }
}

#[test]
fn the_examples_of_the_standard() {
    let text = "data: This is the first message.\n\ndata: This is the second message, it\n\
        data: has two lines.\n\ndata: This is the third message.\n\n";
    let expected = [
        "This is the first message.",
        "This is the second message, it\nhas two lines.",
        "This is the third message.",
    ];
    assert_eq!(events(text), expected.map(|data| event("", data, "")));
    let text =
        "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: add\ndata: 113411\n\n";
    let expected = [("add", "73857293"), ("remove", "2153"), ("add", "113411")];
    assert_eq!(events(text), expected.map(|(name, data)| event(name, data, "")));
    let text = "data: YHOO\ndata: +2\ndata: 10\n\n";
    assert_eq!(events(text), [event("", "YHOO\n+2\n10", "")]);
    let text = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n";
    let expected = [("first event", "1"), ("second event", ""), (" third event", "")];
    assert_eq!(events(text), expected.map(|(data, id)| event("", data, id)));
    assert_eq!(events("data\n\ndata\ndata\n\ndata:"), [event("", "", ""), event("", "\n", "")]);
    let text = "data:test\n\ndata: test\n\n";
    assert_eq!(events(text), [event("", "test", ""), event("", "test", "")]);
}

#[test]
fn ids_last_and_names_do_not() {
    let text = "id: 1\nevent: a\ndata: x\n\ndata: y\n\nid: 2\u{0}\ndata: z\n\nid: 3\n\ndata: w\n\n";
    let expected = [("a", "x", "1"), ("", "y", "1"), ("", "z", "1"), ("", "w", "3")];
    assert_eq!(events(text), expected.map(|(name, data, id)| event(name, data, id)));
    assert_eq!(events("event: a\n\ndata: x\n\n"), [event("", "x", "")]);
}

#[test]
fn retry_is_digits_only() {
    for (retry, expected) in
        [("1500", Some(1500)), ("-1", None), ("1.5", None), ("", None), ("1s", None)]
    {
        let mut parser = EventParser::new(1000, String::new());
        parser.push(format!("retry: {retry}\n").into());
        assert!(parser.next().is_none());
        assert_eq!(parser.retry, expected.map(Duration::from_millis), "{retry}");
    }
}

#[test]
fn only_the_first_byte_order_mark_is_none_of_a_name() {
    assert_eq!(events("\u{feff}data: a\n\n"), [event("", "a", "")]);
    assert_eq!(events("\u{feff}\u{feff}data: a\n\n"), []);
    assert_eq!(events("\n\u{feff}data: a\n\n"), []);
    let pieces: [&[u8]; 4] = [b"\xEF", b"\xBB", b"\xBFdata: \xFF\n", b"\n"];
    let lossy = found(EventParser::new(1000, String::new()), &pieces);
    assert_eq!(lossy, [Ok(event("", "\u{fffd}", ""))]);
}

#[test]
fn an_event_that_is_too_long_is_an_error_and_the_next_one_is_not() {
    let parser = || EventParser::new(12, String::new());
    let text = "id: 7\ndata: a\n\ndata: 0123456789\ndata: b\n\n:c\ndata: c\n\ndata: 0\ndata: 1\ndata: 23456\ndata: 7\nid: 9\n\ndata: d\n\n";
    let expected = [
        Ok(event("", "a", "7")),
        Err(TooLong),
        Ok(event("", "c", "7")),
        Err(TooLong),
        Ok(event("", "d", "7")),
    ];
    assert_eq!(found(parser(), &[text.as_bytes()]), expected);
    let bytes: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
    assert_eq!(found(parser(), &bytes), expected);
}

/// Any text of fields, blank lines and comments, with each of the three ends of lines.
fn event_stream() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        4 => "data:? ?[a-z\u{e4}:]{0,6}",
        1 => "(event|id|retry|other|)(:|: |)[a-z0-9]{0,4}",
        3 => Just(String::new()),
    ];
    let line = (line, proptest::sample::select(&["\n", "\r", "\r\n"][..]));
    proptest::collection::vec(line, 0..30).prop_map(|lines| {
        lines.into_iter().flat_map(|(line, end)| [line, end.to_owned()]).collect()
    })
}

/// The algorithm of the standard on a whole text, as it is written there.
fn by_the_standard(text: &str) -> Vec<RawEvent> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (mut events, mut data, mut name, mut id) = (Vec::new(), String::new(), "", "");
    for line in text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')) {
        if line.is_empty() {
            if let Some(data) = data.strip_suffix('\n') {
                events.push(event(name, data, id));
            }
            (data, name) = (String::new(), "");
            continue;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => name = value,
            "data" => data += &format!("{value}\n"),
            "id" => id = value,
            _ => {}
        }
    }
    events
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// However the bytes are cut, what is found is what the standard finds in all of them.
    #[test]
    fn events_are_found_wherever_the_bytes_are_cut(
        text in event_stream(),
        places in proptest::collection::vec(any::<usize>(), 0..20),
    ) {
        let parser = EventParser::new(1000, String::new());
        let found = found(parser, &cut(text.as_bytes(), &places)).into_iter();
        let found: Vec<_> = found.map(|event| RawEvent { retry: None, ..event.unwrap() }).collect();
        prop_assert_eq!(found, by_the_standard(&text));
    }

    /// Values in lines, and in sequences with line feeds within them, come out as they went in.
    #[test]
    fn records_are_found_wherever_the_bytes_are_cut(
        values in proptest::collection::vec("[a-z\"\\\\{}\\[\\]\u{e4}\n]{0,8}", 0..8),
        is_sequence: bool,
        places in proptest::collection::vec(any::<usize>(), 0..20),
    ) {
        let text: String = values.iter().map(|value| {
            let value = serde_json::json!({"a": value, "b": [value]});
            if is_sequence { format!("\u{1e}{value:#}\n") } else { format!("{value}\r\n\n") }
        }).collect();
        let found = found(RecordParser::new(1000), &cut(text.as_bytes(), &places));
        let read: Vec<String> = found.into_iter().map(|record| {
            let value: serde_json::Value = serde_json::from_slice(&record.unwrap().json).unwrap();
            value["a"].as_str().unwrap().to_owned()
        }).collect();
        prop_assert_eq!(read, values);
    }

    /// No bytes are a panic, and no value is longer than the limit.
    #[test]
    fn no_value_is_longer_than_the_limit(
        bytes in proptest::collection::vec(proptest::sample::select(&b"data:\n\r \x1e{}[]\"\\1\xEF\xBB\xBF"[..]), 0..200),
        places in proptest::collection::vec(any::<usize>(), 0..20),
    ) {
        let pieces = cut(&bytes, &places);
        for event in found(EventParser::new(20, String::new()), &pieces).into_iter().flatten() {
            prop_assert!(event.data.len() <= 20 * 3, "{:?}", event);
        }
        for record in found(RecordParser::new(20), &pieces).into_iter().flatten() {
            prop_assert!(record.json.len() <= 20);
        }
    }
}

fn records(text: &str) -> Vec<(String, bool)> {
    let found = found(RecordParser::new(100), &[text.as_bytes()]);
    let text = |json| String::from_utf8(json).unwrap().trim().to_owned();
    found
        .into_iter()
        .map(|record| record.unwrap())
        .map(|record| (text(record.json), record.is_cut))
        .collect()
}

#[test]
fn lines_are_values_and_blank_ones_are_not() {
    let whole =
        |texts: &[&str]| texts.iter().map(|text| ((*text).to_owned(), false)).collect::<Vec<_>>();
    assert_eq!(records("\u{feff}1\n\r\n 2 \r\n\n[3"), whole(&["1", "2", "[3"]));
    assert_eq!(records(""), whole(&[]));
    assert_eq!(
        records("\u{1e}1\n\u{1e}{\n\"a\": \"}\\\"\"\n}\n\u{1e}[2]\u{1e}\u{1e}\"3\""),
        whole(&["1", "{\n\"a\": \"}\\\"\"\n}", "[2]", "\"3\""])
    );
}

#[test]
fn a_number_of_a_sequence_that_may_go_on_is_cut() {
    let expected = [("12", true), ("{\"a\":", false), ("true", true), ("3", false), ("4", true)];
    let expected = expected.map(|(text, is_cut)| (text.to_owned(), is_cut));
    assert_eq!(records("\u{1e}12\u{1e}{\"a\":\u{1e}true\u{1e}3\n\u{1e}4"), expected);
}

#[test]
fn a_record_that_is_too_long_is_an_error_and_the_next_one_is_not() {
    let json =
        |record: Result<super::record_parser::Record, TooLong>| record.map(|record| record.json);
    for text in ["12345\n123456\n1\n1234567", "\u{1e}12345\n\u{1e}123456\n\u{1e}1\n\u{1e}1234567"] {
        for size in [1, 3, 100] {
            let pieces: Vec<&[u8]> = text.as_bytes().chunks(size).collect();
            let found: Vec<_> =
                found(RecordParser::new(5), &pieces).into_iter().map(json).collect();
            let expected = [Ok(b"12345".to_vec()), Err(TooLong), Ok(b"1".to_vec()), Err(TooLong)];
            assert_eq!(found, expected, "{text} in pieces of {size}");
        }
    }
}

fn body(parts: Vec<Result<&'static str, &'static str>>) -> Body {
    Body::from_stream(stream::iter(parts.into_iter().map(|part| match part {
        Ok(text) => Ok(Bytes::from(text)),
        Err(why) => Err(BoxError::from(why)),
    })))
}

#[tokio::test]
async fn a_body_that_breaks_off_is_an_error_and_the_end() {
    let mut events: Events<i64> =
        Events::new(body(vec![Ok("data: 1\n\ndata: 2\n"), Err("reset"), Ok("\n")]));
    assert_eq!(events.next().await.unwrap().unwrap().data, 1);
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(events.next().await.is_none());
    let mut lines: Lines<i64> = Lines::new(body(vec![Ok("1\n2"), Err("reset"), Ok("\n")]));
    assert_eq!(lines.next().await.unwrap().unwrap(), 1);
    assert!(lines.next().await.unwrap().is_err());
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn a_value_that_cannot_be_read_is_not_the_end() {
    let text = "data: 1\n\ndata: {\n\ndata: null\n\ndata: [DONE]x\n\ndata: 2\n\ndata: [DONE]\n\ndata: 3\n\n";
    let events: Events<i64> = Events::new(body(vec![Ok(text)]));
    let read: Vec<_> = events.map(|event| event.map(|event| event.data).ok()).collect().await;
    assert_eq!(read, [Some(1), None, None, None, Some(2)]);
    let lines: Lines<i64> = Lines::new(body(vec![Ok("1\n{\nnull\n\u{ff}\n2\n")]));
    let read: Vec<_> = lines.map(Result::ok).collect().await;
    assert_eq!(read, [Some(1), None, None, None, Some(2)]);
    let cut: Lines<i64> = Lines::new(body(vec![Ok("\u{1e}12\u{1e}3\n")]));
    let read: Vec<_> = cut.map(|value| value.map_err(|error| error.to_string())).collect().await;
    assert_eq!(
        read,
        [Err("a value of the stream cannot be read: it may have been cut off".to_owned()), Ok(3)]
    );
}

#[tokio::test]
async fn texts_are_as_they_came_and_an_end_can_be_chosen() {
    let text = "data: \"a\"\ndata: b\n\ndata: [DONE]\n\ndata: END\n\ndata: c\n\n";
    let events: Events<String> = Events::new(body(vec![Ok(text)])).until("END");
    let read: Vec<_> = events.map(|event| event.unwrap().data).collect().await;
    assert_eq!(read, ["\"a\"\nb", "[DONE]"]);
}

/// What a type makes of each event.
async fn shown<T: Value + std::fmt::Debug, F: EventForm>(text: &'static str) -> Vec<String> {
    let events: Events<T, F> = Events::new(body(vec![Ok(text)]));
    let shown =
        events.map(|event| event.map_or("error".to_owned(), |event| format!("{:?}", event.data)));
    shown.collect().await
}

#[tokio::test]
async fn data_that_is_not_json_is_text_where_there_is_room_for_it() {
    let text = "event: text\ndata: hello\n\ndata: {\"a\": 1}\n\ndata: [DONE]\n\ndata: 2\n\n";
    assert_eq!(shown::<Untyped, EventData>(text).await, ["\"hello\"", "{\"a\": 1}"]);
    assert_eq!(shown::<IndexMap<String, i64>, EventData>(text).await, ["error", "{\"a\": 1}"]);
    assert_eq!(shown::<String, EventData>(text).await.len(), 4);
}

#[tokio::test]
async fn a_whole_event_has_a_type_and_data_as_text_or_as_json() {
    let text = "event: text\ndata: hello\nid: 1\nretry: 50\n\nretry: x\ndata: {\"a\": 1}\n\ndata: [DONE]\n\n";
    let expected = [
        r#"{"event":"text","data":"hello","id":"1","retry":50}"#,
        r#"{"event":"message","data":"{\"a\": 1}","id":"1"}"#,
    ];
    assert_eq!(shown::<Untyped, WholeEvent>(text).await, expected);
    // The type of an event is not an object.
    assert_eq!(
        shown::<IndexMap<String, IndexMap<String, i64>>, WholeEvent>(text).await,
        ["error"; 2]
    );
}

#[tokio::test]
async fn a_limit_is_one_of_each_value() {
    let mut events: Events<String> =
        Events::new(body(vec![Ok("data: 0123456789\n\ndata: 1\n\n")])).with_limit(10);
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(error.to_string().contains("more than 10 bytes"), "{error}");
    assert_eq!(events.next().await.unwrap().unwrap().data, "1");
}

/// A body of two pieces, again and again, none of which is kept.
fn endless(count: usize, pieces: [&'static str; 2]) -> Body {
    let pieces = (0..count).flat_map(move |_| pieces);
    Body::from_stream(stream::iter(
        pieces.map(|piece| Ok::<_, TransportError>(Bytes::from_static(piece.as_bytes()))),
    ))
}

#[tokio::test]
async fn a_million_events_need_no_more_memory_than_one() {
    // Pieces end within values, so each second value is put together.
    let body = endless(500_000, ["data: 4\n\nid: 7\nda", "ta: 5\n\n"]);
    let mut events: Events<i64> = Events::new(body).with_limit(64);
    let (mut count, mut sum) = (0, 0);
    while let Some(event) = events.next().await {
        sum += event.unwrap().data;
        count += 1;
        assert!(events.held() <= 64);
    }
    assert_eq!((count, sum), (1_000_000, 4_500_000));

    let body = endless(50_000, ["{\"a\":4}\n{\"a", "\":5}\n"]);
    let mut lines: Lines<IndexMap<String, i64>> = Lines::new(body).with_limit(64);
    let (mut count, mut sum) = (0, 0);
    while let Some(value) = lines.next().await {
        sum += value.unwrap()["a"];
        count += 1;
        assert!(lines.held() <= 64);
    }
    assert_eq!((count, sum), (100_000, 450_000));
}
