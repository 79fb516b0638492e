//! The path of an operation with the values of its variables.
//!
//! Enters: the template of a document, and encoded text for its variables. Leaves: the path and the query as
//! an address has them. Must not know: values, styles, requests.

use percent_encoding::percent_decode_str;

use crate::json::Fault;
use crate::web::path::push_written;

/// A part of a template.
enum Piece<'t> {
    Text(&'t str),
    Variable(&'t str),
}

/// The parts of a template. A brace that is not closed is text.
fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(opened) = rest.strip_prefix('{')
            && let Some((name, after)) = opened.split_once('}')
        {
            rest = after;
            return Some(Piece::Variable(name));
        }
        // The brace at the beginning, if there is one, is not closed.
        let mut braces = rest.match_indices('{').map(|(at, _)| at);
        let end = braces.find(|at| *at > 0).unwrap_or(rest.len());
        let (text, after) = rest.split_at(end);
        rest = after;
        Some(Piece::Text(text))
    })
}

/// The path and the query of a template whose variables have these values, which are encoded.
///
/// # Errors
///
/// A variable has no value, or a segment with a value is one that no address can carry.
pub(super) fn fill<'v>(
    template: &str,
    value: impl Fn(&str) -> Option<&'v str>,
) -> Result<(String, Option<String>), Fault> {
    // A fragment is never sent.
    let (template, _) = template.split_once('#').unwrap_or((template, ""));
    let (path, query) = match template.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (template, None),
    };
    let mut filled = String::with_capacity(path.len() + 16);
    for segment in path.strip_prefix('/').unwrap_or(path).split('/') {
        filled.push('/');
        let start = filled.len();
        if push(&mut filled, segment, &value)? {
            check(&filled[start..], segment)?;
        }
    }
    let query = query.filter(|query| !query.is_empty()).map(|query| {
        let mut filled = String::with_capacity(query.len());
        push(&mut filled, query, &value).map(|_| filled)
    });
    Ok((filled, query.transpose()?))
}

/// Appends a part of a template; returns whether it has a variable.
fn push<'v>(
    filled: &mut String,
    template: &str,
    value: &impl Fn(&str) -> Option<&'v str>,
) -> Result<bool, Fault> {
    let mut has_variable = false;
    for piece in pieces(template) {
        match piece {
            Piece::Text(text) => push_written(filled, text),
            Piece::Variable(name) => {
                let value = value(name);
                filled.push_str(value.ok_or_else(|| Fault::new("it has no value").of(name))?);
                has_variable = true;
            }
        }
    }
    Ok(has_variable)
}

/// Refuses a segment that URL parsers or services drop. Its variable is named, because the value may be
/// personal data.
fn check(segment: &str, template: &str) -> Result<(), Fault> {
    // A value with reserved characters may have several segments.
    let what =
        segment.split('/').find_map(|part| match &*percent_decode_str(part).collect::<Vec<_>>() {
            b"" => Some("an empty segment"),
            b"." => Some("`.`"),
            b".." => Some("`..`"),
            _ => None,
        });
    let Some(what) = what else { return Ok(()) };
    let name = pieces(template).find_map(|piece| match piece {
        Piece::Variable(name) => Some(name),
        Piece::Text(_) => None,
    });
    let fault = Fault::new(format_args!("the path would have {what}, which no address can carry"));
    Err(fault.of(name.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, values: &[(&str, &str)]) -> Result<String, String> {
        let value = |name: &str| Some(values.iter().find(|(other, _)| *other == name)?.1);
        let (path, query) = fill(template, value).map_err(|fault| fault.to_string())?;
        Ok(query.map_or(path.clone(), |query| format!("{path}?{query}")))
    }

    #[test]
    fn variables_are_anywhere_in_a_segment() {
        for (template, values, expected) in [
            ("/a/{x}/b", &[("x", "1")][..], "/a/1/b"),
            ("/a/{x}.json", &[("x", "1")], "/a/1.json"),
            ("/a/{x}:run", &[("x", "1")], "/a/1:run"),
            ("/a/{x}-{y}", &[("x", "1"), ("y", "2")], "/a/1-2"),
            ("/a{x}", &[("x", ";x=1")], "/a;x=1"),
            ("a/{x}", &[("x", "1")], "/a/1"),
            ("/", &[], "/"),
            ("/a/", &[], "/a/"),
            ("/a b/ä", &[], "/a%20b/%C3%A4"),
            ("/a?x=1&y", &[], "/a?x=1&y"),
            ("/a?x={x}", &[("x", "1")], "/a?x=1"),
            ("/a#Action=b", &[], "/a"),
            ("/a/{", &[], "/a/%7B"),
            ("/a/{b/ä{x}", &[("x", "1"), ("b/ä{x", "2")], "/a/%7Bb/%C3%A41"),
            ("/{x}{y}", &[("x", "."), ("y", "..")], "/..."),
            ("/{x}", &[("x", "%252e")], "/%252e"),
        ] {
            assert_eq!(filled(template, values).as_deref(), Ok(expected), "{template}");
        }
    }

    #[test]
    fn what_no_address_can_carry_is_a_fault() {
        for (template, values) in [
            ("/a/{x}", &[("x", "")][..]),
            ("/a/{x}/b", &[("x", ".")]),
            ("/a/{x}", &[("x", "..")]),
            ("/a/.{x}", &[("x", ".")]),
            ("/a/{x}{y}", &[("x", "."), ("y", "")]),
            ("/a/{x}", &[("x", "%2e%2E")]),
            ("/a/{x}", &[("x", "b/../c")]),
            ("/a/{x}", &[("x", "b//c")]),
        ] {
            let fault = filled(template, values).expect_err(template);
            let start = "the value of `x` cannot be sent: the path would have ";
            assert!(fault.starts_with(start), "{fault}");
        }
        let fault = filled("/a/{x}", &[]).expect_err("no value");
        assert_eq!(fault, "the value of `x` cannot be sent: it has no value");
    }
}
