//! The members of a JSON object that the runtime reads by hand.
//!
//! Enters: JSON. Leaves: its members by name, their values not yet read. Services write some of these names
//! sometimes with a small first letter and sometimes with a capital one, so a name is found in either case;
//! an exact match comes first.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// The members of a JSON object.
pub(crate) struct Members<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Members<'a> {
    /// Reads the body of an answer, which may begin with a byte order mark.
    ///
    /// # Errors
    ///
    /// It is not a JSON object.
    pub(crate) fn of_body(body: &'a [u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(without_byte_order_mark(body)).map(Self)
    }

    /// Reads a value; `None` if it is not an object.
    pub(crate) fn of(raw: &'a RawValue) -> Option<Self> {
        serde_json::from_str(raw.get()).ok().map(Self)
    }

    /// The value of a member.
    pub(crate) fn get(&self, name: &str) -> Option<&'a RawValue> {
        let exact = self.0.get(name);
        let same = |(other, _): &(&String, &&RawValue)| other.eq_ignore_ascii_case(name);
        exact.or_else(|| self.0.iter().find(same).map(|(_, raw)| raw)).copied()
    }

    /// The value of a member that is a string.
    pub(crate) fn string(&self, name: &str) -> Option<String> {
        serde_json::from_str(self.get(name)?.get()).ok()
    }

    /// The value of a member that is a string, or a number or boolean as text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let raw = self.get(name)?.get();
        match raw.as_bytes().first()? {
            b'"' => serde_json::from_str(raw).ok(),
            b'{' | b'[' | b'n' => None,
            _ => Some(raw.to_owned()),
        }
    }

    /// The value of a member that is an object.
    pub(crate) fn object(&self, name: &str) -> Option<Members<'a>> {
        Self::of(self.get(name)?)
    }

    /// The objects of a member that is a list; none if it is something else.
    pub(crate) fn objects(&self, name: &str) -> Vec<Members<'a>> {
        let items =
            self.get(name).and_then(|raw| serde_json::from_str::<Vec<&RawValue>>(raw.get()).ok());
        items.unwrap_or_default().into_iter().filter_map(Self::of).collect()
    }
}

/// A body without the byte order mark at its beginning: JSON has none, but some services write one.
pub(crate) fn without_byte_order_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_either_case() {
        let body = br#"{"Status":1,"status":"a","PercentComplete":[{"A":true},2],"x":{"Y":null}}"#;
        let members = Members::of_body(body).expect("an object");
        assert_eq!(members.text("status").as_deref(), Some("a"));
        assert_eq!(members.text("STATUS").as_deref(), Some("1"));
        assert_eq!(members.string("Status"), None);
        let items = members.objects("percentComplete");
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].text("a").as_deref(), Some("true"));
        let inner = members.object("X").expect("an object");
        assert_eq!(inner.get("y").map(RawValue::get), Some("null"));
        assert_eq!(inner.text("y"), None);
        assert!(members.object("status").is_none() && members.objects("status").is_empty());
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        assert!(Members::of_body(b"\xef\xbb\xbf{}").is_ok());
        assert!(Members::of_body(b"[]").is_err());
    }
}
