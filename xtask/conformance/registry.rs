//! Decodes bodies by the names of their types. Only this module of the runner uses the registry.

use crate::Decoded;
use client::registry::REGISTRY;
use client::runtime::codegen::{Structured, View};
use serde_json::Value;
use std::fmt::Display;

/// Decodes the body of a case in the way that it names.
pub(crate) fn decoded(case: &Value) -> Result<Decoded, String> {
    let text = |name: &str| case[name].as_str();
    let body = text("body").unwrap_or_default().as_bytes();
    let name = text("name").unwrap_or_default();
    let how = text("how").unwrap_or_default();
    if how == "parameters" {
        let of_collection = case["of_collection"] == true;
        let action = REGISTRY.action(name, text("binding"), of_collection);
        let action = action.ok_or_else(|| format!("there is no action {name}"))?;
        let update = action.decode_parameters(body).map_err(message)?;
        return Ok(Decoded { json: update.to_json(), ..Decoded::default() });
    }
    let entry = REGISTRY.find(name).ok_or_else(|| format!("there is no type {name}"))?;
    match how {
        "answer" => match entry.decode_answer(body).map_err(message)? {
            Some(object) => Ok(seen(&object.view(), object.to_json())),
            None => Ok(Decoded { json: b"null".to_vec(), ..Decoded::default() }),
        },
        "page" => {
            let page = entry.decode_page(body).map_err(message)?;
            Ok(seen(&View::Object(&page, false), page.to_json()))
        }
        "changes" => {
            let update = entry.decode_changes(body).map_err(message)?;
            Ok(Decoded { json: update.to_json(), ..Decoded::default() })
        }
        _ => {
            let object = entry.decode(body).map_err(message)?;
            Ok(seen(&object.view(), object.to_json()))
        }
    }
}

fn message(error: impl Display) -> String {
    error.to_string()
}

fn seen(view: &View<'_>, json: Vec<u8>) -> Decoded {
    let mut decoded = Decoded { json, ..Decoded::default() };
    collect(view, &mut decoded);
    decoded
}

/// Goes over all objects of a value.
fn collect(view: &View<'_>, decoded: &mut Decoded) {
    match view {
        View::Object(object, _) => {
            check(*object, decoded);
            for index in 0..object.shape().members.len() {
                collect(&object.view(index), decoded);
            }
        }
        View::List(list) => {
            for index in 0..list.len() {
                collect(&list.get(index), decoded);
            }
        }
        _ => {}
    }
}

/// A member is known if the object's type declares it, and read if it is of its declared type; the others
/// are kept as they came. The members that a derived type adds are known to the entry of the type that the
/// object names.
fn check(object: &dyn Structured, decoded: &mut Decoded) {
    let own = object.shape();
    let unread = object.additional().unread().map(|one| format!("{}/{one}", own.name));
    decoded.unread.extend(unread);
    for (name, _) in object.additional().iter() {
        let is_unread = || object.additional().unread().any(|one| one.path() == name);
        let known = format!("{}/{name}", own.name);
        if own.members.contains(&name) && !decoded.hidden.contains(&known) && !is_unread() {
            decoded.hidden.push(known);
        }
    }
    let Some(name) = object.additional().type_name() else { return };
    let Some(entry) = REGISTRY.find(&name).filter(|entry| entry.name() != own.name) else { return };
    let Ok(json) = serde_json::to_vec(&View::Object(object, false)) else { return };
    match entry.decode(&json) {
        // A value that is still not of that type would cause an endless loop.
        Ok(found) => match found.as_structured() {
            Some(inner) if inner.shape().name != own.name => collect(&found.view(), decoded),
            _ => decoded.hidden.push(format!("{name}: held as {}", own.name)),
        },
        Err(error) => decoded.hidden.push(format!("{name}: {error}")),
    }
}
