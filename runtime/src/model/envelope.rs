//! What services put around the value of an answer.

use super::{DecodeError, Single, Value, View, from_json};
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// Decodes the body of an answer; `None` is null.
///
/// A value that is no object comes in the member `value` of one (JSON Format 4.01, sections 11 and
/// 13), and so do objects here and there, where the service does not keep to the format. Both are
/// taken out of what is around them.
///
/// ```
/// use odatagen_runtime::model::from_answer;
///
/// let name: Option<String> = from_answer(br#"{"@odata.context":"c","value":"Ada"}"#)?;
/// assert_eq!(name.as_deref(), Some("Ada"));
/// assert_eq!(from_answer::<i32>(br#"{"value":null}"#)?, None);
/// assert_eq!(from_answer::<Vec<bool>>(b"[true]")?, Some(vec![true]));
/// # Ok::<(), odatagen_runtime::model::DecodeError>(())
/// ```
///
/// # Errors
/// If the bytes are no JSON, or a value in it is not of its declared type.
pub fn from_answer<T: Value>(json: &[u8]) -> Result<Option<T>, DecodeError> {
    if json.trim_ascii() == b"null" {
        return Ok(None);
    }
    let direct = from_json::<T>(json);
    if matches!(&direct, Ok(value) if !may_be_envelope(value)) || !is_envelope(json) {
        return direct.map(Some);
    }
    match (from_json::<Single<T>>(json), direct) {
        (Ok(inner), _) => Ok(inner.value),
        (Err(_), direct) => direct.map(Some),
    }
}

/// Whether what was read may be the envelope and not the value: any JSON at all, or an object that has
/// no member of its own but something in a member `value` that its type does not declare.
fn may_be_envelope(value: &impl Value) -> bool {
    let object = match value.view() {
        View::Untyped(_) => return true,
        View::Object(object, _) => object,
        _ => return false,
    };
    let members = object.shape().members.len();
    let is_empty = (0..members).all(|index| matches!(object.view(index), View::Absent));
    is_empty && object.additional().get("value").is_some()
}

/// Whether this is an object with the member `value` and nothing else but annotations.
fn is_envelope(json: &[u8]) -> bool {
    let members: Result<BTreeMap<String, IgnoredAny>, _> = serde_json::from_slice(json);
    let Ok(members) = members else { return false };
    members.contains_key("value")
        && members.keys().all(|name| name == "value" || name.contains('@'))
}
