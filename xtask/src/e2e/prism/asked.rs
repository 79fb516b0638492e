//! Whether a client sent what was asked for.
//!
//! Enters: a request, and what a program sent for it. Leaves: what is missing or different. Must not know: the
//! document.

use super::super::outcome::{Exchanged, shortened};
use super::requests::Request;
use crate::conformance::openapi::equality::are_equal;
use percent_encoding::percent_decode_str;

/// What of a request was not sent.
pub(super) fn difference(request: &Request, sent: &Exchanged) -> Option<String> {
    if request.method != sent.method {
        return Some(format!("the method {}", sent.method));
    }
    let (path, query) = split(&request.target);
    let after = sent.url.split_once("://").map_or(sent.url.as_str(), |(_, rest)| rest);
    let after = &after[after.find('/').unwrap_or(after.len())..];
    let (sent_path, sent_query) = split(after);
    if pieces(path) != pieces(sent_path) {
        return Some(format!("the path {sent_path} in place of {path}"));
    }
    if let Some(pair) = missing(query, sent_query) {
        return Some(format!("no {pair} in the query {sent_query}"));
    }
    let missing_header =
        request.headers.iter().find(|(name, value)| !has_header(sent, name, value));
    if let Some((name, value)) = missing_header {
        return Some(format!("no header {name}: {value}"));
    }
    let (asked, body) = (request.body.as_deref()?, sent.sent_body.as_deref()?);
    let media_type = header(&request.headers, "content-type").unwrap_or_default();
    let (asked, body) = (String::from_utf8_lossy(asked), String::from_utf8_lossy(body));
    let essence = media_type.split(';').next().unwrap_or_default();
    match essence {
        _ if essence.ends_with("json") && !are_equal(&asked, &body) => {
            Some(format!("the body {} in place of {}", shortened(&body), shortened(&asked)))
        }
        "application/x-www-form-urlencoded" => {
            missing(&asked, &body).map(|pair| format!("no {pair} in the form {}", shortened(&body)))
        }
        _ => None,
    }
}

fn split(target: &str) -> (&str, &str) {
    target.split_once('?').unwrap_or((target, ""))
}

/// What a path consists of: the members of an object may be in any order.
fn pieces(path: &str) -> Vec<String> {
    let path = decoded(path);
    let parts = path.split('/').flat_map(|segment| match segment.parse::<f64>() {
        Ok(_) => vec![number(segment)],
        Err(_) => segment.split([',', ';', '.', '|', ' ']).map(number).collect(),
    });
    let mut pieces: Vec<String> = parts.collect();
    pieces.sort();
    pieces
}

/// A text, or if it is a number, the same text for the same number.
fn number(text: &str) -> String {
    text.parse::<f64>().map_or_else(|_| text.to_owned(), |number| number.to_string())
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The first pair that is not among others. A name without `=` has an empty value.
fn missing(asked: &str, sent: &str) -> Option<String> {
    let pairs = |text: &str| -> Vec<String> {
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        pairs.map(|pair| decoded(&pair.replace('+', "%20"))).map(whole).collect()
    };
    let mut sent = pairs(sent);
    pairs(asked).into_iter().find(|pair| match sent.iter().position(|one| one == pair) {
        Some(at) => {
            sent.remove(at);
            false
        }
        None => true,
    })
}

fn whole(pair: String) -> String {
    let (name, value) = pair.split_once('=').unwrap_or((&pair, ""));
    format!("{name}={}", pieces(value).join(","))
}

fn header<'h>(headers: &'h [(String, String)], wanted: &str) -> Option<&'h str> {
    let mut named = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
    named.next().map(|(_, value)| value.as_str())
}

/// Whether a header was sent. The client itself decides on the media type, and adds cookies of its own.
fn has_header(sent: &Exchanged, name: &str, value: &str) -> bool {
    match header(&sent.sent_headers, name) {
        _ if name.eq_ignore_ascii_case("content-type") => true,
        Some(own) if name == "Cookie" => {
            let own: Vec<String> = own.split("; ").map(decoded).collect();
            value.split("; ").all(|one| own.contains(&decoded(one)))
        }
        Some(own) => pieces(own) == pieces(value),
        None => false,
    }
}
