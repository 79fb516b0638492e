//! Headers that OData defines, and the preferences of `Prefer`.

use super::cursor::{Cursor, UrlError};

/// Reads a header that OData defines: `OData-Version: 4.01`.
///
/// # Errors
/// If the text is none.
pub fn header(text: &str) -> Result<(), UrlError> {
    let Some((name, value)) = text.split_once(':') else {
        return Err(UrlError { at: text.len(), expected: "`:`" });
    };
    let name = name.to_ascii_lowercase();
    let at = text.len() - value.len();
    let value = value.trim();
    let fail = |expected| Err(UrlError { at, expected });
    match name.strip_prefix("odata-").unwrap_or(&name) {
        "prefer" => {
            for one in parts(value, ',') {
                preference(one.trim())?;
            }
            Ok(())
        }
        "version" | "maxversion" => {
            let mut digits = value.split('.');
            let valid = |part: Option<&str>| {
                part.is_some_and(|part| {
                    !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
                })
            };
            if valid(digits.next()) && valid(digits.next()) && digits.next().is_none() {
                Ok(())
            } else {
                fail("a version such as 4.01")
            }
        }
        "isolation" if value.eq_ignore_ascii_case("snapshot") => Ok(()),
        "isolation" => fail("`snapshot`"),
        "asyncresult" => {
            if value.len() == 3 && value.bytes().all(|b| b.is_ascii_digit()) {
                Ok(())
            } else {
                fail("a status")
            }
        }
        "error" => match serde_json::from_str::<serde_json::Value>(value) {
            Ok(_) => Ok(()),
            Err(_) => fail("JSON"),
        },
        _ if value.is_empty() => fail("a value"),
        _ => Ok(()),
    }
}

/// Reads one preference: `odata.maxpagesize=20`.
///
/// # Errors
/// If the text is none.
pub fn preference(text: &str) -> Result<(), UrlError> {
    let mut parts = parts(text, ';').into_iter();
    let first = parts.next().unwrap_or_default();
    let (name, value) = first.split_once('=').map_or((first, None), |(a, b)| (a, Some(b)));
    let at = name.len() + 1;
    let name = name.trim().to_ascii_lowercase();
    let value = value.map(|value| value.trim().trim_matches('"'));
    let fail = |expected| Err(UrlError { at, expected });
    let number = |value: Option<&str>, least: u64| {
        value.and_then(|value| value.parse::<u64>().ok()).is_some_and(|value| value >= least)
    };
    match name.strip_prefix("odata.").unwrap_or(&name) {
        "maxpagesize" if !number(value, 1) => fail("a number above zero"),
        "wait" if !number(value, 0) => fail("a number of seconds"),
        "return" if !matches!(value, Some("minimal" | "representation")) => {
            fail("`minimal` or `representation`")
        }
        "include-annotations" => {
            for one in value.unwrap_or_default().split(',') {
                annotations(one.trim())
                    .map_err(|expected| UrlError { at: text.len(), expected })?;
            }
            Ok(())
        }
        "callback" => match parts.next().map(str::trim) {
            Some(parameter) if parameter.starts_with("url=") => Ok(()),
            _ => fail("`;url=…`"),
        },
        "" => fail("a preference"),
        _ => Ok(()),
    }
}

/// Splits text at a separator outside of quotes.
fn parts(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            c if c == separator && !quoted => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Which annotations: `*`, `-Namespace.*`, `Namespace.Term#qualifier`.
fn annotations(text: &str) -> Result<(), &'static str> {
    const EXPECTED: &str = "`*`, a namespace with `.*`, or a term";
    let text = text.strip_prefix('-').unwrap_or(text);
    let (name, qualifier) = text.split_once('#').map_or((text, None), |(a, b)| (a, Some(b)));
    if let Some(qualifier) = qualifier {
        Cursor::plain(qualifier).identifier().map_err(|_| EXPECTED)?;
    }
    if name == "*" {
        return Ok(());
    }
    let mut cursor = Cursor::plain(name.strip_suffix(".*").unwrap_or(name));
    let found = cursor.qualified().map_err(|_| EXPECTED)?;
    let is_namespace = name.ends_with(".*");
    if cursor.is_done() && (is_namespace || found.contains('.')) { Ok(()) } else { Err(EXPECTED) }
}
