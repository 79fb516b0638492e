//! Forms: `application/x-www-form-urlencoded`.
//!
//! Enters: what a document declares of the fields, and an object as JSON text. Leaves: the text of the body, or
//! why the object cannot be one. Must not know: requests.
//!
//! A field with a declared style is written as a parameter of the query. Any other
//! is written by its kind, as the default content types demand: a scalar as text, a list as a pair for each
//! item, an object as JSON. Where JSON is declared, all of a field is one JSON text, a list as well. A null is left
//! out. Spaces are `%20`, which every decoder of forms reads, like `+`. Where reserved characters are allowed,
//! `&`, `+` and `#` are encoded all the same, so a form has the pairs that it was made from.

use super::parameter::Parameter;
use super::style::{Encoding, Member, Value, styled};
use crate::json::Fault;

/// The text of a form. The fields are those with declared styles or JSON, by name.
pub(crate) fn write(declared: &[Parameter], json: &str) -> Result<String, Fault> {
    match Value::read(json)? {
        Value::Object(_, members) => {
            Ok(fields(declared, &members, Encoding::of_field)?.unwrap_or_default())
        }
        Value::Null => Ok(String::new()),
        _ => Err(Fault::new("a form is an object, whose members are its fields")),
    }
}

/// The members of an object as pairs with `&` between them; `None` if there are none.
pub(super) fn fields(
    declared: &[Parameter],
    members: &[Member<'_>],
    encoding: fn(&Parameter) -> Encoding,
) -> Result<Option<String>, Fault> {
    let mut form: Option<String> = None;
    for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
        let field = match declared.iter().find(|field| field.name == name) {
            Some(field) => *field,
            None if matches!(value, Value::Object(..)) => UNDECLARED.with_json(),
            None => UNDECLARED,
        };
        let pairs = styled(&field, name, value, encoding(&field));
        if let Some(pairs) = pairs.map_err(|fault| fault.within(name))? {
            let form = form.get_or_insert_default();
            if !form.is_empty() {
                form.push('&');
            }
            form.push_str(&pairs);
        }
    }
    Ok(form)
}

/// A field without a declared form: a pair for each item of a list.
const UNDECLARED: Parameter = Parameter::query("");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openapi::parameter::Style;
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    const FIELDS: &[Parameter] = &[
        Parameter::query("spread"),
        Parameter::query("joined").with_explode(false),
        Parameter::query("piped").with_explode(false).with_style(Style::PipeDelimited),
        Parameter::query("deep").with_style(Style::DeepObject),
        Parameter::query("reserved").with_reserved(),
        Parameter::query("json").with_json(),
    ];

    /// What an independent decoder reads.
    fn pairs(form: &str) -> Vec<(String, String)> {
        url::form_urlencoded::parse(form.as_bytes()).into_owned().collect()
    }

    #[track_caller]
    fn check(value: &Json, expected: &[(&str, &str)]) {
        let form = write(FIELDS, &value.to_string()).unwrap();
        let expected = expected.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        assert_eq!(pairs(&form), expected.collect::<Vec<_>>(), "{form}");
    }

    #[test]
    fn a_field_without_a_style_is_written_by_its_kind() {
        check(&json!({"a": "x y&z=+", "b": true}), &[("a", "x y&z=+"), ("b", "true")]);
        check(&json!({"a": [1, "x", {"b": 2}]}), &[("a", "1"), ("a", "x"), ("a", r#"{"b":2}"#)]);
        check(&json!({"a": {"b": [1, 2]}}), &[("a", r#"{"b":[1,2]}"#)]);
        check(&json!({"a": null, "b": [], "c": ""}), &[("c", "")]);
        check(&json!({}), &[]);
    }

    #[test]
    fn a_field_with_a_style_is_written_by_it() {
        check(&json!({"spread": {"a": 1, "b": 2}}), &[("a", "1"), ("b", "2")]);
        check(&json!({"joined": {"a": 1, "b": 2}}), &[("joined", "a,1,b,2")]);
        check(&json!({"piped": ["a", "b"]}), &[("piped", "a|b")]);
        check(&json!({"deep": {"a": {"b": 1}}}), &[("deep[a][b]", "1")]);
        check(&json!({"reserved": "a&b+c#d=e/f"}), &[("reserved", "a&b+c#d=e/f")]);
        check(&json!({"json": ["a", 1]}), &[("json", r#"["a",1]"#)]);
        check(&json!({"json": "a"}), &[("json", r#""a""#)]);
        let form = write(FIELDS, r#"{"reserved":"a:b/c","joined":["a:b/c","d"]}"#);
        assert_eq!(form.as_deref(), Ok("reserved=a:b/c&joined=a%3Ab%2Fc,d"));
    }

    #[test]
    fn only_an_object_is_a_form() {
        assert_eq!(write(&[], "null").as_deref(), Ok(""));
        assert!(write(&[], "[1]").unwrap_err().to_string().contains("a form is an object"));
    }

    proptest! {
        #[test]
        fn a_decoder_reads_what_was_written(
            members in proptest::collection::btree_map(".{0,5}|[&=+%;\\[\\]2F ]{0,5}", ".{0,9}|[&=+%;#2F ]{0,9}", 0..5),
            items in proptest::collection::vec(".{0,5}", 0..4),
        ) {
            prop_assume!(!members.keys().any(|name| name == "items"));
            let mut value: serde_json::Map<String, Json> =
                members.iter().map(|(name, text)| (name.clone(), text.as_str().into())).collect();
            value.insert("items".to_owned(), items.clone().into());
            let form = write(FIELDS, &Json::Object(value).to_string()).unwrap();
            let mut read = pairs(&form);
            let read_items: Vec<_> = read.extract_if(.., |(name, _)| name == "items").map(|(_, item)| item).collect();
            prop_assert_eq!(read_items, items);
            prop_assert_eq!(read, members.into_iter().collect::<Vec<_>>());
        }
    }
}
