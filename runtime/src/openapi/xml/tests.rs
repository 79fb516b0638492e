#![allow(clippy::unwrap_used)] // A test may panic.

use super::description::{XmlNode, XmlValue};
use super::{read, undescribed, write};

const TEXT: &XmlValue = &XmlValue::Text;
const NUMBER: &XmlValue = &XmlValue::Number;

static PET: XmlValue = XmlValue::Object(
    &[
        ("id", XmlNode::attribute("id", &XmlValue::Number).required()),
        ("name", XmlNode::element("name", &XmlValue::Text).required()),
        (
            "tags",
            XmlNode::element("tags", &XmlValue::List(XmlNode::element("tag", &XmlValue::Text)))
                .required(),
        ),
        ("photo", XmlNode::within(&XmlValue::List(XmlNode::element("photo", &XmlValue::Text)))),
        ("good", XmlNode::element("good", &XmlValue::Boolean)),
        ("friend", XmlNode::element("friend", &PET).nullable()),
    ],
    None,
);

const PETS: XmlNode = XmlNode::element("Pet", &PET);

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;

#[track_caller]
fn writes(node: &XmlNode, json: &str, xml: &str) {
    assert_eq!(write(node, json).unwrap(), [HEAD, xml].concat());
}

#[track_caller]
fn reads(node: &XmlNode, xml: &str, json: &str) {
    assert_eq!(read(node, None, xml.as_bytes()).unwrap(), json, "{xml}");
}

#[track_caller]
fn both(node: &XmlNode, json: &str, xml: &str) {
    writes(node, json, xml);
    reads(node, xml, json);
}

#[track_caller]
fn refused(xml: &[u8], why: &str) {
    let error = read(&PETS, None, xml).unwrap_err().to_string();
    assert!(error.contains(why), "{error}");
}

#[test]
fn a_value_is_attributes_elements_and_lists() {
    both(
        &PETS,
        r#"{"id":7,"name":"Rex","tags":["a","b"],"photo":["x","y"],"good":true,"friend":{"id":8,"name":"","tags":[]}}"#,
        concat!(
            r#"<Pet id="7"><name>Rex</name><tags><tag>a</tag><tag>b</tag></tags>"#,
            "<photo>x</photo><photo>y</photo><good>true</good>",
            r#"<friend id="8"><name/><tags/></friend></Pet>"#,
        ),
    );
}

#[test]
fn null_is_an_element_that_is_nil() {
    both(
        &PETS,
        r#"{"id":7,"name":"Rex","tags":[],"friend":null}"#,
        concat!(
            r#"<Pet xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="7"><name>Rex</name><tags/>"#,
            r#"<friend xsi:nil="true"/></Pet>"#,
        ),
    );
}

#[test]
fn what_an_element_contains_depends_on_its_kind() {
    const ALL: XmlNode = XmlNode::element(
        "a",
        &XmlValue::Object(
            &[
                ("n", XmlNode::element("n", NUMBER)),
                ("b", XmlNode::element("b", &XmlValue::Boolean)),
                ("s", XmlNode::element("s", &XmlValue::Scalar)),
                ("t", XmlNode::element("t", TEXT)),
                ("l", XmlNode::element("l", &XmlValue::List(XmlNode::element("i", NUMBER)))),
                ("o", XmlNode::element("o", &XmlValue::Object(&[], None))),
            ],
            None,
        ),
    );
    for (xml, json) in [
        ("<a><n/><b/><s/><t/><l/><o/></a>", r#"{"n":null,"b":null,"s":"","t":"","l":[],"o":{}}"#),
        ("<a><n> 007 </n><b>1</b><s>7</s><t> 7 </t></a>", r#"{"n":7,"b":true,"s":7,"t":" 7 "}"#),
        ("<a><n>+.50</n></a>", r#"{"n":0.50}"#),
        ("<a><n>1e3</n></a>", r#"{"n":1e3}"#),
        // A text that is not of the kind stays one, and fails as it would in JSON.
        ("<a><n>many</n><b>yes</b><s>true</s></a>", r#"{"n":"many","b":"yes","s":true}"#),
        ("<a><n>18446744073709551617</n></a>", r#"{"n":18446744073709551617}"#),
    ] {
        reads(&ALL, xml, json);
    }
}

#[test]
fn a_namespace_counts_where_both_have_one() {
    const NODE: XmlNode = XmlNode::element(
        "Book",
        &XmlValue::Object(
            &[
                ("id", XmlNode::attribute("id", TEXT).with_namespace("", "urn:ids")),
                ("title", XmlNode::element("title", TEXT).with_namespace("b", "urn:books")),
                ("author", XmlNode::element("name", TEXT).with_namespace("c", "urn:people")),
                ("note", XmlNode::element("note", TEXT)),
            ],
            None,
        ),
    )
    .with_namespace("b", "urn:books");
    both(
        &NODE,
        r#"{"id":"7","title":"T","author":"A","note":"N"}"#,
        concat!(
            r#"<b:Book xmlns:b="urn:books" xmlns:c="urn:people" xmlns:ns3="urn:ids" ns3:id="7">"#,
            "<b:title>T</b:title><c:name>A</c:name><note>N</note></b:Book>",
        ),
    );
    for (xml, json) in [
        // Other prefixes, a default namespace, and none at all.
        (
            r#"<Book xmlns="urn:books"><title>T</title><x:name xmlns:x="urn:people">A</x:name></Book>"#,
            r#"{"title":"T","author":"A"}"#,
        ),
        ("<Book><title>T</title><name>A</name></Book>", r#"{"title":"T","author":"A"}"#),
        // Another namespace is another name, which is kept.
        (r#"<Book><title xmlns="urn:other">T</title></Book>"#, r##"{"#title":"T"}"##),
        ("<Book><u:title>undeclared</u:title></Book>", r#"{"title":"undeclared"}"#),
    ] {
        reads(&NODE, xml, json);
    }
}

#[test]
fn a_default_namespace_is_that_of_what_is_within() {
    const NODE: XmlNode =
        XmlNode::element("a", &XmlValue::Object(&[("b", XmlNode::element("b", TEXT))], None))
            .with_namespace("", "urn:a");
    both(&NODE, r#"{"b":"x"}"#, r#"<a xmlns="urn:a"><b>x</b></a>"#);
}

#[test]
fn text_is_beside_attributes_and_elements() {
    const NODE: XmlNode = XmlNode::element(
        "a",
        &XmlValue::Object(
            &[("kind", XmlNode::attribute("kind", TEXT)), ("text", XmlNode::text(TEXT))],
            None,
        ),
    );
    both(&NODE, r#"{"kind":"Cat","text":"Fluffy"}"#, r#"<a kind="Cat">Fluffy</a>"#);
    reads(&NODE, "<a><![CDATA[<b>]]> &amp; c</a>", r#"{"text":"<b> & c"}"#);
    const CDATA: XmlNode =
        XmlNode::element("a", &XmlValue::Object(&[("html", XmlNode::cdata(TEXT))], None));
    both(&CDATA, r#"{"html":"<b>]]></b>"}"#, "<a><![CDATA[<b>]]]]><![CDATA[></b>]]></a>");
}

#[test]
fn what_is_not_described_is_kept_and_written_again() {
    const NODE: XmlNode =
        XmlNode::element("a", &XmlValue::Object(&[("id", XmlNode::attribute("id", NUMBER))], None));
    both(
        &NODE,
        r##"{"id":1,"@x":"2","b":["1","2"],"c":{"@y":"3","d":"","#text":"t"},"#id":"5","#text":"z"}"##,
        r#"<a id="1" x="2"><b>1</b><b>2</b><c y="3"><d/>t</c><id>5</id>z</a>"#,
    );
    assert_eq!(
        undescribed("<E><Code>7</Code><M a='1'/></E>").unwrap(),
        r#"{"Code":"7","M":{"@a":"1"}}"#
    );
}

#[test]
fn other_members_have_a_kind_of_their_own() {
    const NUMBERS: XmlNode = XmlNode::element("", NUMBER);
    const MAP: XmlNode = XmlNode::element("a", &XmlValue::Object(&[], Some(&NUMBERS)));
    both(&MAP, r#"{"x":1,"y":2}"#, "<a><x>1</x><y>2</y></a>");
    const LISTS: XmlNode = XmlNode::within(&XmlValue::List(XmlNode::element("", NUMBER)));
    const OF_LISTS: XmlNode = XmlNode::element("a", &XmlValue::Object(&[], Some(&LISTS)));
    both(&OF_LISTS, r#"{"x":[1],"y":[2,3]}"#, "<a><x>1</x><y>2</y><y>3</y></a>");
}

#[test]
fn lists_are_read_in_either_form() {
    const ITEM: XmlNode = XmlNode::element("item", NUMBER);
    const NODE: XmlNode = XmlNode::element(
        "a",
        &XmlValue::Object(
            &[
                (
                    "flat",
                    XmlNode::within(&XmlValue::List(XmlNode::element("flat", NUMBER))).required(),
                ),
                ("own", XmlNode::element("own", &XmlValue::List(ITEM)).required()),
            ],
            None,
        ),
    );
    for (xml, json) in [
        ("<a/>", r#"{"flat":[],"own":[]}"#),
        (
            "<a><flat>1</flat><flat>2</flat><own><item>3</item></own></a>",
            r#"{"flat":[1,2],"own":[3]}"#,
        ),
        (
            "<a><flat><int>1</int><int>2</int></flat><own><int>3</int></own></a>",
            r#"{"flat":[1,2],"own":[3]}"#,
        ),
        ("<a><own>3</own><own>4</own></a>", r#"{"flat":[],"own":[3,4]}"#),
    ] {
        reads(&NODE, xml, json);
    }
    // An element around objects, or around none.
    const OBJECT: &XmlValue =
        &XmlValue::Object(&[("n", XmlNode::element("n", NUMBER).required())], None);
    const OBJECTS: XmlNode = XmlNode::element(
        "a",
        &XmlValue::Object(
            &[("all", XmlNode::within(&XmlValue::List(XmlNode::element("all", OBJECT))))],
            None,
        ),
    );
    for (xml, json) in [
        ("<a><all><n>1</n></all></a>", r#"{"all":[{"n":1}]}"#),
        (
            "<a><all><One><n>1</n></One><One><n>2</n></One></all></a>",
            r#"{"all":[{"n":1},{"n":2}]}"#,
        ),
        ("<a><all /></a>", r#"{"all":[]}"#),
    ] {
        reads(&OBJECTS, xml, json);
    }
    const ATTRIBUTE: XmlNode = XmlNode::element(
        "a",
        &XmlValue::Object(&[("n", XmlNode::attribute("n", &XmlValue::List(ITEM)))], None),
    );
    both(&ATTRIBUTE, r#"{"n":[1,2]}"#, r#"<a n="1 2"/>"#);
}

#[test]
fn a_list_of_parts_keeps_their_order() {
    const NODE: XmlNode = XmlNode::element(
        "Report",
        &XmlValue::Tuple(
            &[XmlNode::text(TEXT), XmlNode::element("data", NUMBER), XmlNode::text(TEXT)],
            None,
        ),
    );
    both(
        &NODE,
        r#"["Some preamble text.",42,"Some postamble text."]"#,
        "<Report>Some preamble text.<data>42</data>Some postamble text.</Report>",
    );
    reads(&NODE, "<Report><data>42</data></Report>", r#"["",42,""]"#);
}

#[test]
fn a_union_is_told_by_its_member_or_by_what_fits() {
    const CAT: XmlValue = XmlValue::Object(
        &[
            ("kind", XmlNode::attribute("kind", TEXT).required()),
            ("lives", XmlNode::element("lives", NUMBER)),
        ],
        None,
    );
    const DOG: XmlValue = XmlValue::Object(
        &[
            ("kind", XmlNode::attribute("kind", TEXT).required()),
            ("lives", XmlNode::element("lives", TEXT)),
            ("bark", XmlNode::element("bark", &XmlValue::Boolean)),
        ],
        None,
    );
    const BRANCHES: &[XmlNode] = &[XmlNode::within(&CAT), XmlNode::within(&DOG)];
    const TAGGED: XmlNode =
        XmlNode::element("pet", &XmlValue::Union("kind", &[("cat", 0), ("dog", 1)], BRANCHES));
    both(&TAGGED, r#"{"kind":"cat","lives":7}"#, r#"<pet kind="cat"><lives>7</lives></pet>"#);
    both(&TAGGED, r#"{"kind":"dog","lives":"7"}"#, r#"<pet kind="dog"><lives>7</lives></pet>"#);
    const UNTAGGED: XmlNode = XmlNode::element("pet", &XmlValue::Union("", &[], BRANCHES));
    both(&UNTAGGED, r#"{"kind":"x","bark":true}"#, r#"<pet kind="x"><bark>true</bark></pet>"#);
    const MIXED: XmlNode = XmlNode::element(
        "v",
        &XmlValue::Union(
            "",
            &[],
            &[
                XmlNode::within(NUMBER),
                XmlNode::within(TEXT),
                XmlNode::within(&XmlValue::List(XmlNode::element("i", TEXT))),
            ],
        ),
    );
    both(&MIXED, "5", "<v>5</v>");
    both(&MIXED, r#""five""#, "<v>five</v>");
    both(&MIXED, r#"["a","b"]"#, "<v><i>a</i><i>b</i></v>");
    // Each branch in an element of its own.
    const NAMED: XmlNode = XmlNode::element(
        "pets",
        &XmlValue::List(XmlNode::within(&XmlValue::Union(
            "kind",
            &[("cat", 0), ("dog", 1)],
            &[XmlNode::element("Cat", &CAT), XmlNode::element("Dog", &DOG)],
        ))),
    );
    both(
        &NAMED,
        r#"[{"kind":"dog","bark":false},{"kind":"cat"}]"#,
        r#"<pets><Dog kind="dog"><bark>false</bark></Dog><Cat kind="cat"/></pets>"#,
    );
}

#[test]
fn characters_that_a_parser_changes_are_references() {
    const NODE: XmlNode = XmlNode::element(
        "a",
        &XmlValue::Object(
            &[("x", XmlNode::attribute("x", TEXT)), ("y", XmlNode::element("y", TEXT))],
            None,
        ),
    );
    both(
        &NODE,
        r#"{"x":"<\"&'>\t\n\r","y":" <&>\r\n\t"}"#,
        concat!(
            r#"<a x="&lt;&quot;&amp;&apos;&gt;&#9;&#10;&#13;"><y> &lt;&amp;&gt;&#13;"#,
            "\n\t</y></a>",
        ),
    );
    reads(&NODE, "<a x='1\r\n2'><y>1\r\n2&#x41;</y></a>", r#"{"x":"1 2","y":"1\n2A"}"#);
    let error = write(&NODE, r#"{"y":"\u0001"}"#).unwrap_err().to_string();
    assert_eq!(error, r"XML has no character \u{1}");
    let error = write(&NODE, r#"{"a b":"1"}"#).unwrap_err().to_string();
    assert_eq!(error, "`a b` is not a name of XML");
    let error = write(&XmlNode::within(&PET), r#"{"name":"a","tags":[]}"#).unwrap_err().to_string();
    assert_eq!(error, "a document of XML has one element at its root");
}

#[test]
fn what_is_not_xml_is_refused() {
    refused(b"<Pet>", "it ends within an element");
    refused(b"<Pet></Cat>", "not well-formed");
    refused(b"<Pet/><Pet/>", "two roots");
    refused(b"{}", "text is outside of its root");
    refused(b"", "it has no element");
    refused(b"<Pet>&nbsp;</Pet>", "the entity `nbsp` is not one of XML");
    refused(b"<Pet>&#1;</Pet>", "is not allowed");
    refused(b"<Pet a='1' a='2'/>", "not well-formed");
    refused(
        br#"<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Pet>&b;</Pet>"#,
        "it has a DTD, and none is read",
    );
    let deep = ["<a>".repeat(100_000), "</a>".repeat(100_000)].concat();
    refused(deep.as_bytes(), "its elements are nested too deep");
    let as_deep = ["<a>".repeat(200), "</a>".repeat(200)].concat();
    assert!(read(&PETS, None, as_deep.as_bytes()).is_ok());
}

#[test]
fn an_encoding_is_that_of_the_mark_the_media_type_or_the_declaration() {
    const NODE: XmlNode = XmlNode::element("a", TEXT);
    let read = |charset, body: &[u8]| read(&NODE, charset, body).map_err(|error| error.to_string());
    let e = "\"é\"".to_owned();
    let declared = |encoding: &str, rest: &[u8]| {
        [format!("<?xml version='1.0' encoding='{encoding}'?>").as_bytes(), rest].concat()
    };
    let utf16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}<a>é</a>".encode_utf16().flat_map(unit).collect()
    };
    assert_eq!(read(None, "<a>é</a>".as_bytes()), Ok(e.clone()));
    assert_eq!(read(None, "\u{feff}<a>é</a>".as_bytes()), Ok(e.clone()));
    assert_eq!(read(None, &utf16(u16::to_be_bytes)), Ok(e.clone()));
    assert_eq!(read(Some("utf-8"), &utf16(u16::to_le_bytes)), Ok(e.clone()));
    assert_eq!(read(None, &declared("ISO-8859-1", b"<a>\xE9</a>")), Ok(e.clone()));
    assert_eq!(read(Some("utf-8"), &declared("latin1", "<a>é</a>".as_bytes())), Ok(e));
    let error = read(None, &declared("Shift_JIS", b"<a/>")).unwrap_err();
    assert!(error.contains("shift_jis"), "{error}");
    assert!(read(None, b"<a>\xE9</a>").is_err());
}

mod round_trip {
    use super::super::{read, write};
    use super::PETS;
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = String> {
        prop::collection::vec(
            prop_oneof![
                Just('<'),
                Just('&'),
                Just(']'),
                Just('>'),
                Just('\r'),
                Just('\n'),
                Just(' '),
                Just('\''),
                Just('"'),
                proptest::char::range('a', 'z'),
                proptest::char::range('\u{a0}', '\u{d7ff}'),
                proptest::char::range('\u{10000}', '\u{10ffff}')
            ],
            0..8,
        )
        .prop_map(|all| all.into_iter().collect())
    }

    fn pet() -> impl Strategy<Value = serde_json::Value> {
        let texts = || prop::collection::vec(text(), 0..4);
        let leaf = (any::<i64>(), text(), texts(), prop::collection::vec(text(), 1..4), any::<bool>())
            .prop_map(|(id, name, tags, photo, good)| {
                serde_json::json!({"id": id, "name": name, "tags": tags, "photo": photo, "good": good})
            });
        leaf.prop_recursive(4, 8, 1, move |inner| {
            (inner, text()).prop_map(|(friend, name)| {
                serde_json::json!({"id": 1, "name": name, "tags": [], "friend": friend})
            })
        })
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again(pet in pet()) {
            let xml = write(&PETS, &pet.to_string()).expect("XML");
            let json = read(&PETS, None, xml.as_bytes()).expect("JSON");
            let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
            prop_assert_eq!(json, pet);
        }

        #[test]
        fn no_text_is_a_panic(text in ".{0,64}|<[a<>/&;\"'= !\\[\\]?-]{0,48}") {
            let _ = read(&PETS, None, text.as_bytes());
        }
    }
}
