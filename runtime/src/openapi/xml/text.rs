//! The text of a document of XML, by its encoding.
//!
//! A byte order mark counts before the `charset` of the media type, and that before the declaration in the
//! document (RFC 7303, section 3).

use std::borrow::Cow;

use crate::openapi::reading;
use crate::web::error::BoxError;

/// The text of a body.
///
/// # Errors
///
/// It is in an encoding that is not read, or is not in its encoding.
pub(super) fn of<'b>(charset: Option<&str>, body: &'b [u8]) -> Result<Cow<'b, str>, BoxError> {
    match body {
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes).map(Cow::Owned),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes).map(Cow::Owned),
        [0xEF, 0xBB, 0xBF, rest @ ..] => reading::decoded("", rest),
        _ => match charset {
            Some(charset) => reading::decoded(charset, body),
            None => reading::decoded(&declared(body).unwrap_or_default(), body),
        },
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, BoxError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text = String::from_utf16(&pairs.iter().map(|pair| unit(*pair)).collect::<Vec<_>>());
    let text = text.ok().filter(|_| rest.is_empty());
    text.ok_or_else(|| "its text is not UTF-16".into())
}

/// The encoding in the declaration of a document, which is written in ASCII.
fn declared(body: &[u8]) -> Option<String> {
    let declaration = body.strip_prefix(b"<?xml")?;
    let end = declaration.windows(2).position(|two| two == b"?>")?;
    let declaration = std::str::from_utf8(&declaration[..end]).ok()?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|one| matches!(one, '"' | '\''))?;
    Some(value[1..].split(quote).next()?.to_owned())
}
