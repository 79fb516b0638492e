//! Strings with formats.

use super::types::Pet;
use super::{error, same};
use schemacrate_runtime::model::Formatted;
use schemacrate_runtime::types::{Binary, Date, Decimal, Guid};
use std::collections::{BTreeSet, HashSet};

#[test]
fn reading_never_fails_for_a_string() {
    for text in ["2020-01-31", "2020-02-30", "", "tomorrow", "\u{1F600}"] {
        let json = format!(
            r#"{{"id":1,"name":"","kind":"","born":"{text}","note":null,"toys":[],"anything":1}}"#
        );
        let pet: Pet = same(&json);
        assert_eq!(pet.born, text);
        assert_eq!(pet.born.get().is_ok(), text == "2020-01-31");
    }
    assert!(error::<Formatted<Date>>("7").starts_with("invalid type: integer"));
}

#[test]
fn a_value_is_read_when_it_is_asked_for() {
    let bytes = |text: &str| Formatted::<Binary>::from_text(text).get().map(Binary::into_bytes);
    assert_eq!(bytes("+/8=").unwrap(), [0xFB, 0xFF]);
    assert_eq!(bytes("-_8").unwrap(), [0xFB, 0xFF]);
    assert!(bytes("a").is_err());
    let price: Formatted<Decimal> = "1.10".parse().unwrap();
    assert_eq!(price.get().unwrap().as_str(), "1.10");
    assert!("x".parse::<Formatted<Guid>>().is_err());
    let number = Formatted::<f64>::from_text("1.50");
    assert_ne!(number, Formatted::from(number.get().unwrap()));
    assert_eq!(
        (number.to_string().as_str(), number.clone().into_string().as_str()),
        ("1.50", "1.50")
    );
    assert_eq!(Formatted::<Date>::default(), "");
}

#[test]
fn texts_are_compared_and_hashed() {
    let texts = ["b", "a", "b"].map(Formatted::<Date>::from_text);
    assert_eq!(texts.iter().cloned().collect::<HashSet<_>>().len(), 2);
    let ordered: BTreeSet<_> = texts.iter().collect();
    assert_eq!(ordered.iter().map(|text| text.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert!(texts.iter().cloned().collect::<HashSet<_>>().contains("a"));
}
