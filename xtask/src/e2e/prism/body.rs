//! Values as the body of a request.
//!
//! Enters: a media type and its schema. Leaves: the bytes of a body and how the request names them. Must not know:
//! how generated clients write bodies.

use super::styled;
use super::values::Values;
use schemacrate::internals::openapi::model::{MediaType, SchemaId, Style, Styled};
use serde_json::Value;

/// What separates the parts of a body.
const BOUNDARY: &str = "exchange-boundary";

/// What a file has.
const CONTENT: &str = "content of a file";

/// A body and its media type.
pub(super) struct Body {
    pub(super) content_type: String,
    pub(super) content: Vec<u8>,
}

/// A body of a media type; `None` if it is one that cannot be written here.
pub(super) fn of(values: &mut Values<'_>, name: &str, media: &MediaType) -> Option<Body> {
    let essence = name.split(';').next().unwrap_or(name).trim().to_ascii_lowercase();
    let body = |content_type: &str, content: String| {
        Some(Body { content_type: content_type.to_owned(), content: content.into_bytes() })
    };
    let is_binary = is_binary(values, media.schema);
    match essence.as_str() {
        _ if essence.ends_with("xml") => None,
        "application/x-www-form-urlencoded" => {
            let value = values.of(media.schema);
            body(&essence, form(values, media, &value))
        }
        "multipart/form-data" => {
            let content = multipart(values, media)?;
            body(&format!("{essence}; boundary={BOUNDARY}"), content)
        }
        _ if essence.starts_with("multipart/") => None,
        "*/*" if is_binary || media.schema.is_none() => {
            body("application/octet-stream", CONTENT.to_owned())
        }
        "application/json" | "*/*" if is_binary => body(&essence, CONTENT.to_owned()),
        "*/*" => body("application/json", values.of(media.schema).to_string()),
        _ if essence.ends_with("json") => body(name, values.of(media.schema).to_string()),
        _ if essence.ends_with("jsonl") || essence.contains("ndjson") => {
            let item = values.of(media.item_schema);
            body(name, format!("{item}\n{item}\n"))
        }
        _ if essence.starts_with("text/") => {
            let value = values.of(media.schema);
            let content = if is_binary { CONTENT.to_owned() } else { styled::scalar(&value) };
            body(&essence.replace('*', "plain"), content)
        }
        "image/*" => body("image/png", CONTENT.to_owned()),
        _ => body(&essence.replace('*', "octet-stream"), CONTENT.to_owned()),
    }
}

/// Whether a schema is one of bytes.
fn is_binary(values: &mut Values<'_>, schema: Option<SchemaId>) -> bool {
    let Some(schema) = schema else { return false };
    let parts = values.parts(&[schema]);
    parts.keywords.iter().any(|one| {
        one.format.as_ref().is_some_and(|format| format.text == "binary" || format.text == "file")
            || one.types.is_some_and(|types| types.has("file"))
            || one.content_media_type.is_some() && one.content_encoding.is_none()
    })
}

/// The pairs of a form: by the style of a field, else by its kind.
fn form(values: &Values<'_>, media: &MediaType, value: &Value) -> String {
    let members = value.as_object().cloned().unwrap_or_default();
    let pairs = members.iter().flat_map(|(name, value)| {
        let encoding = media.encoding.iter().find(|(own, _)| own.text == *name);
        let encoding = encoding.map(|(_, id)| &values.api.model.encodings[*id]);
        let style = encoding.and_then(|one| one.style);
        let is_json = encoding
            .and_then(|one| one.content_type.as_ref())
            .is_some_and(|one| one.text.contains("json"));
        let is_styled = style.is_some() || encoding.is_some_and(|one| one.explode.is_some());
        let style = style.unwrap_or(Style::Form);
        let styled = Styled {
            schema: None,
            style,
            style_words: None,
            explode: encoding.and_then(|one| one.explode).unwrap_or(style == Style::Form),
            allow_reserved: false,
            inner: Vec::new(),
        };
        match value {
            _ if is_json => vec![(styled::encoded(name), styled::encoded(&value.to_string()))],
            Value::Object(_) if !is_styled => {
                vec![(styled::encoded(name), styled::encoded(&value.to_string()))]
            }
            value => styled::pairs(name, &styled, value),
        }
    });
    pairs.map(|(name, value)| format!("{name}={value}")).collect::<Vec<String>>().join("&")
}

/// The parts of a body: files, lists part by part, objects as JSON, and scalars as text. `None` if it has no names.
fn multipart(values: &mut Values<'_>, media: &MediaType) -> Option<String> {
    // Prism takes what needs encoding in a text of an address for a mistake here, where nothing is encoded.
    values.is_plain =
        media.encoding.iter().any(|(_, id)| values.api.model.encodings[*id].style.is_some());
    let value = values.of(media.schema);
    values.is_plain = false;
    let mut text = String::new();
    let mut part = |name: &str, more: &str, content: &str| {
        let head = format!("Content-Disposition: form-data; name=\"{name}\"{more}");
        text.push_str(&format!("--{BOUNDARY}\r\n{head}\r\n\r\n{content}\r\n"));
    };
    for (name, value) in value.as_object()? {
        let files = member(values, media.schema, name);
        let items = match value {
            Value::Array(items) => items.iter().collect(),
            other => vec![other],
        };
        for item in items {
            match item {
                _ if files => {
                    let more = format!("; filename=\"{name}.txt\"\r\nContent-Type: text/plain");
                    part(name, &more, CONTENT);
                }
                Value::Object(_) | Value::Array(_) => {
                    part(name, "\r\nContent-Type: application/json", &item.to_string());
                }
                other => part(name, "", &styled::scalar(other)),
            }
        }
    }
    text.push_str(&format!("--{BOUNDARY}--\r\n"));
    Some(text)
}

/// Whether a member, or its items, are files.
fn member(values: &mut Values<'_>, schema: Option<SchemaId>, name: &str) -> bool {
    let Some(schema) = schema else { return false };
    let parts = values.parts(&[schema]);
    let properties = parts.keywords.iter().flat_map(|one| &one.properties);
    let mut named = properties.filter(|one| one.name.text == name).map(|one| one.schema);
    let Some(member) = named.next() else { return false };
    let items = values.parts(&[member]).keywords.iter().find_map(|one| one.items);
    is_binary(values, Some(member)) || is_binary(values, items)
}
