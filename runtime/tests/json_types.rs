//! Types of OpenAPI crates: what is read, what is kept, what is refused, and that nothing is lost.

#![allow(clippy::unwrap_used)] // A test may panic.

#[path = "json_types/declare.rs"]
mod declare;
#[path = "json_types/derivation.rs"]
mod derivation;
#[path = "json_types/formats.rs"]
mod formats;
#[path = "json_types/kinds.rs"]
mod kinds;
#[path = "json_types/members.rs"]
mod members;
#[path = "json_types/round.rs"]
mod round;
#[cfg(feature = "serde")]
#[path = "json_types/serde_traits.rs"]
mod serde_traits;
#[path = "json_types/strictness.rs"]
mod strictness;
#[path = "json_types/types.rs"]
mod types;
#[path = "json_types/unions.rs"]
mod unions;

use schemacrate_runtime::model::{Value, from_json, to_json};

/// The JSON of a value.
fn written(value: &impl Value) -> String {
    String::from_utf8(to_json(value)).unwrap()
}

/// Reads a value, writes it, copies it, and compares all of these.
fn same<T: Value + Clone + PartialEq + std::fmt::Debug>(json: &str) -> T {
    let value: T = from_json(json.as_bytes()).unwrap();
    assert_eq!(written(&value), json);
    let copy = value.clone();
    assert_eq!(copy, value);
    assert_eq!(written(&copy), json);
    assert_eq!(format!("{copy:?}"), format!("{value:?}"));
    value
}

/// The error of reading a value.
fn error<T: Value>(json: &str) -> String {
    match from_json::<T>(json.as_bytes()) {
        Ok(value) => panic!("it was read as {}", written(&value)),
        Err(error) => error.to_string(),
    }
}
