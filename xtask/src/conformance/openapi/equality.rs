//! Whether what was written is what was read.
//!
//! Enters: two JSON texts. Leaves: whether they are the same value: objects as sets of members, numbers by
//! value, texts as they are.

use schemacrate::internals::node::{self, Tree};
use schemacrate::source::SourceMap;

/// Whether two JSON texts are the same value; `false` if one is not JSON.
pub(crate) fn are_equal(one: &str, other: &str) -> bool {
    match (tree(one), tree(other)) {
        (Some(one), Some(other)) => one.root().equals(other.root()),
        _ => false,
    }
}

fn tree(json: &str) -> Option<Tree> {
    let mut sources = SourceMap::new();
    let source = sources.add("value.json", json.as_bytes()).ok()?;
    node::read(&sources, source).ok().map(|read| read.tree)
}

#[cfg(test)]
mod tests {
    use super::are_equal;

    #[test]
    fn numbers_are_compared_by_value_and_objects_as_sets() {
        assert!(are_equal(r#"{"a":1,"b":[1e2]}"#, r#"{"b":[100.0],"a":1.0}"#));
        assert!(are_equal("123456789012345678901234567890", "123456789012345678901234567890.0"));
        for (one, other) in [
            ("12345678901234567890", "12345678901234567891"),
            ("1e400", "1e401"),
            (r#"{"a":null}"#, "{}"),
            (r#""1""#, "1"),
            ("[1,2]", "[2,1]"),
            ("{", "{"),
        ] {
            assert!(!are_equal(one, other), "{one} {other}");
        }
    }
}
