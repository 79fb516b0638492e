//! How the body of an answer becomes a value, by its media type.
//!
//! Enters: the headers and the body of an answer, and the media types that the document declares. Leaves: a
//! value in its place. Must not know: requests, which status the answer has.
//!
//! Where the media type that came is not the declared one, the body is read as what it plausibly is: JSON if
//! it begins as JSON does, and text into strings and what is written as one.

use std::borrow::Cow;

use http::{HeaderMap, header};

use super::xml::description::XmlNode;
use crate::json::decode::read_strictly;
use crate::json::members::without_byte_order_mark;
use crate::json::{Dynamic, Slot, View};
use crate::web::error::BoxError;

/// What a media type specifies about a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// JSON, or what is written in it.
    Json,
    /// XML, or what is written in it.
    Xml,
    /// Text.
    Text,
    /// Something else.
    Other,
    /// There is no media type.
    Absent,
}

/// A media type without its parameters, in lower case; empty if there is none.
pub(super) fn essence(headers: &HeaderMap) -> String {
    essence_of(&content_type(headers))
}

/// The same of the text of a header.
pub(super) fn essence_of(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn content_type(headers: &HeaderMap) -> Cow<'_, str> {
    let value = headers.get(header::CONTENT_TYPE);
    value.map_or(Cow::Borrowed(""), |value| String::from_utf8_lossy(value.as_bytes()))
}

/// What a media type without parameters specifies.
pub(super) fn kind(essence: &str) -> Kind {
    match essence {
        "" => Kind::Absent,
        "application/json" | "text/json" | "application/x-json" => Kind::Json,
        _ if essence.ends_with("+json") => Kind::Json,
        "application/xml" | "text/xml" => Kind::Xml,
        _ if essence.ends_with("+xml") => Kind::Xml,
        _ if essence.starts_with("text/") => Kind::Text,
        _ => Kind::Other,
    }
}

/// Reads a body into an empty place, which stays empty for null. The declared media types are as in the
/// header `Accept`, and XML is read as it is described.
///
/// # Errors
///
/// The body is not what the place is for, or has an encoding that is not read.
pub(super) fn read(
    headers: &HeaderMap,
    body: &[u8],
    (declared, xml): (&str, Option<&XmlNode>),
    place: &mut dyn Dynamic,
) -> Result<(), BoxError> {
    let essence = essence(headers);
    let came = kind(&essence);
    let json = |text: &str, place: &mut dyn Dynamic| -> Result<(), BoxError> {
        Ok(read_strictly(place.slot(), text.as_bytes()).map(drop)?)
    };
    if let Some(node) = xml
        && let Some(text) = from_xml(headers, body, node)?
    {
        return json(&text, place);
    }
    let text = text(headers, body)?;
    match place.slot() {
        Slot::String(_) | Slot::Text(_) => match is_json_string(&text, came, declared) {
            true => json(&text, place),
            false => json(&quoted(&text), place),
        },
        Slot::Untyped(_) | Slot::Union(_) | Slot::Json(_)
            if came != Kind::Json && !begins_as_json(&text) =>
        {
            json(&quoted(&text), place)
        }
        _ if matches!(came, Kind::Xml | Kind::Text | Kind::Other) && !begins_as_json(&text) => {
            Err(format!("it is `{essence}`, and not JSON").into())
        }
        _ => json(&text, place),
    }
}

/// The JSON text of a body, which may be XML that is described.
///
/// # Errors
///
/// The body has an encoding that is not read, or is not well-formed XML.
pub(super) fn json<'b>(
    headers: &HeaderMap,
    body: &'b [u8],
    xml: Option<&XmlNode>,
) -> Result<Cow<'b, str>, BoxError> {
    let json = xml.map(|node| from_xml(headers, body, node)).transpose()?.flatten();
    json.map_or_else(|| text(headers, body), |json| Ok(json.into()))
}

/// The JSON of a body if it is XML, whatever its media type is.
#[cfg(feature = "xml")]
fn from_xml(headers: &HeaderMap, body: &[u8], node: &XmlNode) -> Result<Option<String>, BoxError> {
    let content_type = content_type(headers);
    let is_json = || std::str::from_utf8(body).is_ok_and(begins_as_json);
    let is_xml = begins_as_xml(body) || kind(&essence_of(&content_type)) == Kind::Xml && !is_json();
    is_xml.then(|| super::xml::read(node, charset(&content_type), body)).transpose()
}

#[cfg(not(feature = "xml"))]
fn from_xml(_: &HeaderMap, _: &[u8], _: &XmlNode) -> Result<Option<String>, BoxError> {
    Ok(None)
}

/// Whether a body may be XML, by how it begins. Other encodings than those of ASCII have a byte order mark.
pub(super) fn begins_as_xml(body: &[u8]) -> bool {
    let text = without_byte_order_mark(body).trim_ascii_start();
    text.starts_with(b"<") || body.starts_with(b"\xFE\xFF\0<") || body.starts_with(b"\xFF\xFE<\0")
}

/// Whether a body that is read as a string is the string in JSON, and not its text.
fn is_json_string(text: &str, came: Kind, declared: &str) -> bool {
    let kinds = || declared.split(',').map(|media_type| kind(&essence_of(media_type)));
    let declares_json = kinds().any(|kind| kind == Kind::Json);
    let declares_text = kinds().any(|kind| matches!(kind, Kind::Text | Kind::Xml));
    let is_quoted = || serde_json::from_str::<Cow<'_, str>>(text).is_ok();
    match came {
        Kind::Json => declares_json || !declares_text || is_quoted(),
        Kind::Text | Kind::Xml | Kind::Other => declares_json && !declares_text && is_quoted(),
        Kind::Absent => !declares_text || declares_json && is_quoted(),
    }
}

/// A text as JSON.
pub(super) fn quoted(text: &str) -> String {
    crate::json::text(&View::Str(text))
}

/// Whether a text is JSON.
pub(super) fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Whether a text may be JSON, by how it begins.
pub(super) fn begins_as_json(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(['{', '[', '"', '-'])
        || text.starts_with(|first: char| first.is_ascii_digit())
        || ["true", "false", "null"].iter().any(|word| text.trim_end() == *word)
}

/// The text of a body: UTF-8, or what the media type specifies.
///
/// # Errors
///
/// It is in an encoding that is not read, or is not in its encoding.
pub(super) fn text<'b>(headers: &HeaderMap, body: &'b [u8]) -> Result<Cow<'b, str>, BoxError> {
    decoded(charset(&content_type(headers)).unwrap_or_default(), body)
}

/// The text of bytes in an encoding, which is UTF-8 if it has no name.
///
/// # Errors
///
/// As those of [`text`].
pub(super) fn decoded<'b>(charset: &str, body: &'b [u8]) -> Result<Cow<'b, str>, BoxError> {
    match charset.to_ascii_lowercase().as_str() {
        "" | "utf-8" | "utf8" | "us-ascii" | "ascii" => {}
        "iso-8859-1" | "latin1" | "latin-1" => {
            return Ok(body.iter().map(|&byte| char::from(byte)).collect());
        }
        other => {
            let other = other.escape_debug();
            return Err(
                format!("its text is in `{other}`, which is not an encoding that is read").into()
            );
        }
    }
    let text = std::str::from_utf8(without_byte_order_mark(body));
    Ok(text.map_err(|error| format!("its text is not UTF-8 ({error})"))?.into())
}

/// The parameter `charset` of a media type.
fn charset(media_type: &str) -> Option<&str> {
    let parameters =
        media_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let mut named = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    named.next().map(|(_, value)| value.trim().trim_matches(['"', '\'']))
}
