use super::*;
use proptest::prelude::*;
use serde_json::Value as Json;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use test_support::shared;

/// The parameter of an oracle. Its name and styles are constants in generated code.
fn declared(case: &Json) -> Parameter {
    let text = |name: &str| case.get(name).and_then(Json::as_str);
    let name: &'static str = text("name").unwrap().to_owned().leak();
    let parameter = match text("in").unwrap() {
        "path" => Parameter::path(name),
        "query" => Parameter::query(name),
        "header" => Parameter::header(name),
        "cookie" => Parameter::cookie(name),
        other => panic!("{other}"),
    };
    let parameter = match text("style") {
        Some("matrix") => parameter.with_style(Style::Matrix),
        Some("label") => parameter.with_style(Style::Label),
        Some("simple") => parameter.with_style(Style::Simple),
        Some("form") => parameter.with_style(Style::Form),
        Some("spaceDelimited") => parameter.with_style(Style::SpaceDelimited),
        Some("pipeDelimited") => parameter.with_style(Style::PipeDelimited),
        Some("deepObject") => parameter.with_style(Style::DeepObject),
        Some("cookie") => parameter.with_style(Style::Cookie),
        // Only lists are written in 2.0, and `csv` is the default.
        None if case["spec"] == serde_json::json!(["2.0"]) => parameter.with_explode(false),
        None => parameter,
        Some(other) => panic!("{other}"),
    };
    let parameter = match case["explode"].as_bool() {
        Some(explode) => parameter.with_explode(explode),
        None => parameter,
    };
    let parameter =
        if case["allowReserved"] == true { parameter.with_reserved() } else { parameter };
    if text("content") == Some("application/json") { parameter.with_json() } else { parameter }
}

#[test]
fn every_case_of_the_oracle_is_written_as_expected() {
    let Some(path) = shared("openapi/oracles/params.jsonl") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let mut judged = 0;
    for line in text.lines() {
        // The order of members is that of the file.
        let fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(line).unwrap();
        let case: Json = serde_json::from_str(line).unwrap();
        let parameter = declared(&case);
        let written = write(&parameter, fields["value"].get());
        let notes = case["notes"].to_string();
        let accepted = || case["also_acceptable"].as_array().into_iter().flatten();
        let mut expected = accepted().chain([&case["expect"]]).filter_map(Json::as_str);
        let is_right = match &written {
            // A `#` would end the query of an address, so nothing could be sent by the letter of RFC 6570.
            Ok(text) if case["expect"].is_string() => {
                let text = text.as_deref().unwrap_or_default();
                expected.any(|expected| match parameter.place {
                    Place::Query => expected.replace('#', "%23") == text,
                    _ => expected == text,
                })
            }
            // Anything may be written for what is undefined, but not for what cannot be sent.
            Ok(_) => !notes.contains("must be refused"),
            Err(_) => notes.contains("refus"),
        };
        assert!(is_right, "{case}: {written:?}");
        judged += 1;
    }
    assert_eq!(judged, 330);
}

#[track_caller]
fn check(parameter: Parameter, json: &str, expected: &str) {
    let written = write(&parameter, json).map(Option::unwrap_or_default);
    assert_eq!(written.as_deref(), Ok(expected));
}

#[track_caller]
fn refuse(parameter: Parameter, json: &str, reason: &str) {
    let fault = write(&parameter, json).unwrap_err().to_string();
    assert!(fault.contains(reason), "{fault}");
}

const QUERY: Parameter = Parameter::query("q");
const LIST: Parameter = QUERY.with_explode(false);
const DEEP: Parameter = QUERY.with_style(Style::DeepObject);
const HEADER: Parameter = Parameter::header("X-Q");
const COOKIE: Parameter = Parameter::cookie("q").with_style(Style::Cookie);

#[test]
fn null_is_an_empty_value_and_left_out_within_others() {
    check(QUERY, "null", "q=");
    check(Parameter::path("q"), "null", "");
    check(HEADER, "null", "");
    assert_eq!(write(&HEADER, "null"), Ok(Some(String::new())));
    check(LIST, "[1,null,2]", "q=1,2");
    check(QUERY, r#"{"a":null,"b":1}"#, "b=1");
    check(LIST, r#"{"a":null,"b":1}"#, "q=b,1");
    check(DEEP, r#"{"a":{"b":null,"c":[null,1]}}"#, "q%5Ba%5D%5Bc%5D%5B%5D=1");
}

#[test]
fn a_list_or_an_object_without_items_is_not_sent() {
    for parameter in [QUERY, LIST, DEEP, HEADER, COOKIE] {
        for json in ["[]", "{}", "[null]", r#"{"a":null}"#] {
            assert_eq!(write(&parameter, json), Ok(None), "{json}");
        }
    }
}

#[test]
fn values_within_values_are_json() {
    check(LIST, r#"[ {"a b": [1, "x"]}, 2 ]"#, "q=%7B%22a%20b%22%3A%5B1%2C%22x%22%5D%7D,2");
    check(QUERY, r#"{"a":[1, 2.50]}"#, "a=%5B1%2C2.50%5D");
    check(HEADER, r#"[[1, 2], "x"]"#, "[1,2],x");
    check(Parameter::path("q").with_explode(true), r#"{"a":{"b":[]}}"#, "a=%7B%22b%22%3A%5B%5D%7D");
}

#[test]
fn lists_in_lists_have_the_formats_of_2_0() {
    let pipes = LIST.with_style(Style::PipeDelimited).with_inner(&[Style::Form]);
    check(pipes, r#"[[1,2],["a,b"]]"#, "q=1,2%7Ca%2Cb");
    let tabs = Parameter::path("q")
        .with_style(Style::TabDelimited)
        .with_inner(&[Style::PipeDelimited, Style::SpaceDelimited]);
    check(tabs, "[[[1,2],[3]],[4]]", "1%202%7C3%094");
    check(LIST.with_style(Style::TabDelimited), r#"["a","b"]"#, "q=a%09b");
    let header = HEADER.with_style(Style::TabDelimited);
    check(header, r#"["a","b"]"#, "a\tb");
    check(Parameter::path("q").with_style(Style::PipeDelimited), r#"["a","b"]"#, "a%7Cb");
    check(HEADER.with_style(Style::SpaceDelimited), r#"["a","b"]"#, "a b");
}

#[test]
fn delimited_styles_write_scalars_and_exploded_values_like_forms() {
    for style in [Style::SpaceDelimited, Style::PipeDelimited, Style::TabDelimited] {
        check(QUERY.with_style(style), "[1,2]", "q=1&q=2");
        check(QUERY.with_style(style), r#"{"a":1,"b":2}"#, "a=1&b=2");
        check(LIST.with_style(style), r#""a b""#, "q=a%20b");
    }
}

#[test]
fn deep_objects_have_any_depth() {
    check(DEEP, r#"{"a":{"b":{"c":1}},"d":2}"#, "q%5Ba%5D%5Bb%5D%5Bc%5D=1&q%5Bd%5D=2");
    check(DEEP, r#"{"a":["x","y"]}"#, "q%5Ba%5D%5B%5D=x&q%5Ba%5D%5B%5D=y");
    check(
        DEEP,
        r#"{"a":[{"b":1,"c":2},{"b":3}]}"#,
        "q%5Ba%5D%5B0%5D%5Bb%5D=1&q%5Ba%5D%5B0%5D%5Bc%5D=2&q%5Ba%5D%5B1%5D%5Bb%5D=3",
    );
    check(DEEP, r#"{"a":[[1],2]}"#, "q%5Ba%5D%5B0%5D%5B%5D=1&q%5Ba%5D%5B1%5D=2");
    check(DEEP, r#"["a","b"]"#, "q%5B%5D=a&q%5B%5D=b");
    check(DEEP, r#""a""#, "q=a");
    check(DEEP.with_explode(false), r#"{"a":1}"#, "q%5Ba%5D=1");
    check(DEEP, r#"{"a]=1&b[":"&"}"#, "q%5Ba%5D%3D1%26b%5B%5D=%26");
}

#[test]
fn an_empty_value_may_be_the_name_alone() {
    check(QUERY.with_empty(), r#""""#, "q");
    check(QUERY.with_empty(), "null", "q");
    check(QUERY.with_empty(), r#""a""#, "q=a");
    check(QUERY.with_empty(), r#"["","a"]"#, "q&q=a");
    check(LIST.with_empty(), r#"[""]"#, "q");
    check(DEEP.with_empty(), r#"{"a":""}"#, "q%5Ba%5D");
}

#[test]
fn json_is_one_value_in_each_place() {
    let json = r#"{ "a" : [ 1.0, "x y" ] }"#;
    check(QUERY.with_json(), json, "q=%7B%22a%22%3A%5B1.0%2C%22x%20y%22%5D%7D");
    check(HEADER.with_json(), json, r#"{"a":[1.0,"x y"]}"#);
    check(Parameter::path("q").with_json(), json, "%7B%22a%22%3A%5B1.0%2C%22x%20y%22%5D%7D");
    check(Parameter::cookie("q").with_json(), json, "q=%7B%22a%22%3A%5B1.0%2C%22x%20y%22%5D%7D");
    check(QUERY.with_json(), r#""\" \\""#, "q=%22%5C%22%20%5C%5C%22");
    check(QUERY.with_json(), "null", "q=null");
    check(QUERY.with_json(), "[]", "q=%5B%5D");
}

#[test]
fn a_whole_query_is_a_form_json_or_text() {
    const WHOLE: Parameter = Parameter::query_string("q").with_fields(&[
        Parameter::query("ids").with_explode(false),
        Parameter::query("filter").with_json(),
        Parameter::query("at").with_reserved(),
    ]);
    check(
        WHOLE,
        r#"{"a":"x y","b":[1,2],"c":{"d":1},"e":null}"#,
        "a=x%20y&b=1&b=2&c=%7B%22d%22%3A1%7D",
    );
    check(
        WHOLE,
        r##"{"ids":[1,2],"filter":[1],"at":"a/b?#"}"##,
        "ids=1,2&filter=%5B1%5D&at=a/b?%23",
    );
    check(WHOLE.with_json(), r#"{"a": 1}"#, "%7B%22a%22%3A1%7D");
    check(WHOLE, r#""$.a[0]&b""#, "%24.a%5B0%5D%26b");
    assert_eq!(write(&WHOLE, "null"), Ok(None));
    assert_eq!(write(&WHOLE, "{}"), Ok(None));
}

#[test]
fn reserved_characters_end_neither_a_segment_nor_a_path_nor_a_query() {
    let all = r##"":/?#[]@!$&'()*+,;=%2F%""##;
    check(Parameter::path("q").with_reserved(), all, ":%2F%3F%23%5B%5D@!$&'()*+,;=%2F%25");
    check(QUERY.with_reserved(), all, "q=:/?%23[]@!$&'()*+,;=%2F%25");
    let cookie = Parameter::cookie("q").with_reserved();
    check(cookie, all, "q=:/?%23[]@!$&'()*+%2C%3B=%2F%25");
    check(QUERY.with_reserved(), r#"{"a&b":1}"#, "a%26b=1");
}

#[test]
fn what_a_header_or_a_cookie_cannot_carry_is_a_fault() {
    refuse(
        HEADER,
        r#""a\r\nX-Other: b""#,
        "the value of `X-Q` cannot be sent: a header cannot have control",
    );
    refuse(HEADER, r#"["a\u0000"]"#, "control characters");
    refuse(HEADER, r#"{"a\n":1}"#, "control characters");
    refuse(HEADER, r#"" a""#, "white space at either end");
    refuse(COOKIE, r#""a; admin=1""#, "the value of `q` cannot be sent: a cookie cannot have `;`");
    refuse(COOKIE, r#"{"a=b":1}"#, "cannot have `=`");
    refuse(COOKIE, r#""a\nb""#, "control characters");
    check(HEADER, r#""a\tb""#, "a\tb");
    check(Parameter::cookie("q"), r#""a; b""#, "q=a%3B%20b");
}

#[test]
fn numbers_keep_their_digits() {
    check(QUERY, "12345678901234567890.1234567890", "q=12345678901234567890.1234567890");
    check(QUERY, "[1e400,-0]", "q=1e400&q=-0");
    check(QUERY, "1E+2", "q=1E%2B2");
}

#[test]
fn what_is_not_json_is_a_fault() {
    refuse(QUERY, "[1", "EOF");
    refuse(QUERY, "1 2", "trailing characters");
    refuse(QUERY, &"[".repeat(5000), "recursion limit");
}

/// Any scalar as JSON, and its text.
fn scalar() -> impl Strategy<Value = (String, String)> {
    let text = prop_oneof![".{0,12}", "[;&=#?/%+ ,.|\\[\\]\"\r\n\t\u{0}a2F\u{e4}]{0,12}"];
    prop_oneof![
        4 => text.prop_map(|text| (Json::from(text.as_str()).to_string(), text)),
        1 => any::<i64>().prop_map(|number| (number.to_string(), number.to_string())),
    ]
}

/// Lists and objects of scalars, and values in them.
fn any_value() -> impl Strategy<Value = Json> {
    let scalar = scalar().prop_map(|(json, _)| serde_json::from_str::<Json>(&json).unwrap());
    scalar.prop_recursive(3, 16, 4, |inner| {
        let name = "[;&=#?/%+ ,.a\\[\\]]{0,4}";
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            proptest::collection::btree_map(name, inner, 0..4)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

const STYLES: [Style; 9] = [
    Style::Matrix,
    Style::Label,
    Style::Simple,
    Style::Form,
    Style::SpaceDelimited,
    Style::PipeDelimited,
    Style::TabDelimited,
    Style::DeepObject,
    Style::Cookie,
];

fn style() -> impl Strategy<Value = (Style, bool, bool)> {
    (proptest::sample::select(&STYLES[..]), any::<bool>(), any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// The path has the same segments, and nothing after it.
    #[test]
    fn no_value_adds_a_segment(value in any_value(), (style, explode, json) in style(), reserved: bool) {
        let parameter = Parameter { reserved, json, ..Parameter::path("q") };
        let parameter = parameter.with_style(style).with_explode(explode);
        let written = write(&parameter, &value.to_string()).unwrap().unwrap_or_default();
        prop_assert!(!written.contains(['/', '?', '#', '\\', ' ']), "{}", written);
        // Dots alone are a fault that the path reports.
        if !written.replace("%2e", ".").replace("%2E", ".").trim_matches('.').is_empty() {
            let address = format!("https://example.com/a/x{written}x/b?c#d");
            let url = url::Url::parse(&address).unwrap();
            prop_assert_eq!(url.path_segments().unwrap().count(), 3);
            prop_assert_eq!((url.query(), url.fragment()), (Some("c"), Some("d")));
        }
    }

    /// A scalar is one pair, whose name and value a decoder finds.
    #[test]
    fn a_scalar_is_one_pair((json, text) in scalar(), (style, explode, _) in style(), name in "q|filter\\[a&b\\]|a=b") {
        let parameter = Parameter::query(name.clone().leak()).with_style(style).with_explode(explode);
        let written = write(&parameter, &json).unwrap().unwrap();
        let url = url::Url::parse(&format!("https://example.com/?a=1&{written}&z=2")).unwrap();
        let pairs: Vec<_> = url.query_pairs().into_owned().collect();
        let expected = [("a", "1"), (&*name, &*text), ("z", "2")];
        prop_assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        prop_assert_eq!(url.fragment(), None);
    }

    /// A list or an object has no more pairs than items, and a decoder reads exploded ones as they are.
    #[test]
    fn exploded_values_have_a_pair_for_each_item(items in proptest::collection::vec(scalar(), 0..5)) {
        let json = format!("[{}]", items.iter().map(|(json, _)| json.as_str()).collect::<Vec<_>>().join(","));
        let written = write(&QUERY, &json).unwrap().unwrap_or_default();
        let pairs: Vec<_> = url::form_urlencoded::parse(written.as_bytes()).into_owned().collect();
        let expected: Vec<_> = items.iter().map(|(_, text)| ("q".to_owned(), text.clone())).collect();
        prop_assert_eq!(pairs, expected);
        let cookies = write(&Parameter::cookie("q"), &json).unwrap().unwrap_or_default();
        let expected = cookies.split("; ").filter(|cookie| !cookie.is_empty()).count();
        prop_assert_eq!(expected, items.len());
    }

    /// Without exploding there is one pair, whatever the value is.
    #[test]
    fn a_value_that_is_not_exploded_is_one_pair(value in any_value(), (style, _, json) in style()) {
        prop_assume!(style != Style::DeepObject);
        let parameter = Parameter { json, ..LIST.with_style(style) };
        let written = write(&parameter, &value.to_string()).unwrap();
        let count = url::form_urlencoded::parse(written.as_deref().unwrap_or_default().as_bytes()).count();
        prop_assert_eq!(count, usize::from(written.is_some()));
        prop_assert!(!written.unwrap_or_default().contains('#'));
    }

    /// A deep object has a pair for each scalar in it.
    #[test]
    fn a_deep_object_has_a_pair_for_each_scalar(value in any_value()) {
        fn scalars(value: &Json) -> usize {
            match value {
                Json::Array(items) => items.iter().map(scalars).sum(),
                Json::Object(members) => members.values().map(scalars).sum(),
                _ => 1,
            }
        }
        let written = write(&DEEP, &value.to_string()).unwrap().unwrap_or_default();
        let mut pairs = url::form_urlencoded::parse(written.as_bytes());
        prop_assert_eq!(pairs.count(), scalars(&value));
        prop_assert!(pairs.all(|(name, _)| name.starts_with('q')));
    }

    /// What is written for a header is one, and for a cookie is as many as there are items.
    #[test]
    fn no_value_adds_a_line_or_a_cookie(value in any_value(), (style, explode, json) in style()) {
        let header = Parameter { json, ..HEADER.with_style(style).with_explode(explode) };
        if let Ok(Some(written)) = write(&header, &value.to_string()) {
            let sent = http::HeaderValue::from_bytes(written.as_bytes());
            prop_assert!(sent.is_ok(), "{:?}", written);
        }
        let raw = Parameter { json, ..COOKIE.with_explode(explode) };
        if let Ok(Some(written)) = write(&raw, &value.to_string()) {
            let most = match &value {
                Json::Array(items) if explode && !json => items.len(),
                Json::Object(members) if explode && !json => members.len(),
                _ => 1,
            };
            prop_assert_eq!(written.split(';').count(), most);
            prop_assert!(!written.contains(|c: char| c.is_ascii_control()));
        }
    }
}
