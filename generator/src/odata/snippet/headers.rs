//! Headers as calls on a request.
//!
//! Enters: the headers of a request. Leaves: the request with a call for each relevant header. Must
//! not know: anything of the schema.

use crate::crate_plan::Type;
use crate::crate_plan::program::{Code, Fixed, Program};
use crate::input::request::is_own_header;
use crate::odata::runtime::request;

/// The headers of a request.
pub(super) struct Headers<'r> {
    /// The media type of the body.
    pub(super) content_type: Option<String>,
    others: Vec<(String, &'r str)>,
}

impl<'r> Headers<'r> {
    pub(super) fn read(headers: &'r [(String, String)]) -> Self {
        let mut read = Self { content_type: None, others: Vec::new() };
        for (name, value) in headers {
            let name = name.trim().to_ascii_lowercase();
            let value = value.trim();
            if name == "content-type" {
                read.content_type = Some(value.to_owned());
            } else if !is_own_header(&name) {
                read.others.push((name, value));
            }
        }
        read
    }

    /// Adds the headers to the request.
    pub(super) fn apply(&self, program: &mut Program, method: &str, has_body: bool) {
        for (name, value) in &self.others {
            match name.as_str() {
                "prefer" => preferences(value).for_each(|one| prefer(program, method, one)),
                "consistencylevel" if value.eq_ignore_ascii_case("eventual") => {
                    call(program, request::EVENTUAL, Vec::new());
                }
                "if-match" => call(program, request::IF_MATCH, vec![text(value)]),
                "if-none-match" => call(program, request::IF_NONE_MATCH, vec![text(value)]),
                _ => call(program, request::HEADER, vec![text(name), text(value)]),
            }
        }
        // A body is JSON by default. A request without a body has no media type, unless the
        // documentation leaves out the body.
        if let Some(content_type) = self.content_type.as_deref()
            && !content_type.eq_ignore_ascii_case("application/json")
            && (has_body || !content_type.to_ascii_lowercase().starts_with("application/json"))
            && !has_text(&program.request, content_type)
        {
            call(program, request::HEADER, vec![text("content-type"), text(content_type)]);
        }
    }
}

/// Whether a call of the request already has a text among its arguments.
fn has_text(code: &Code, wanted: &str) -> bool {
    match code {
        Code::Text(found) => found == wanted,
        Code::Method { receiver, arguments, .. } => {
            has_text(receiver, wanted) || arguments.iter().any(|one| has_text(one, wanted))
        }
        _ => false,
    }
}

fn text(value: &str) -> Code {
    Code::Text(value.to_owned())
}

fn call(program: &mut Program, name: Fixed, arguments: Vec<Code>) {
    program.request = program.request.clone().method(name, arguments);
}

/// The preferences of a header, which are separated by commas outside of quotes.
fn preferences(value: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let parts = value.split(move |c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    parts.map(str::trim).filter(|one| !one.is_empty())
}

fn prefer(program: &mut Program, method: &str, preference: &str) {
    let (name, value) = preference.split_once('=').unwrap_or((preference, ""));
    let name = name.trim().to_ascii_lowercase();
    let value = value.trim();
    let zone = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    let is_page = matches!(program.outcome, Type::Page(_));
    match (name.as_str(), zone, value.parse::<u32>()) {
        ("outlook.timezone", Some(zone), _) if !zone.contains(['"', '\\']) => {
            call(program, request::TIME_ZONE, vec![text(zone)]);
        }
        ("odata.maxpagesize", _, Ok(size)) if is_page && size.to_string() == value => {
            call(program, request::MAX_PAGE_SIZE, vec![Code::Number(size.to_string())]);
        }
        // Only the response to a change contains nothing new. A read or computed result is needed,
        // and a 204 for a created entity contains its id.
        ("return", ..) if value == "minimal" && matches!(method, "PATCH" | "PUT") => {
            program.outcome = Type::Unit;
            call(program, request::MINIMAL, Vec::new());
        }
        ("return", ..) if value == "representation" => {
            call(program, request::REPRESENTATION, Vec::new());
        }
        ("include-unknown-enum-members", ..) if value.is_empty() => {
            call(program, request::INCLUDE_UNKNOWN_ENUM_MEMBERS, Vec::new());
        }
        _ => call(program, request::PREFER, vec![text(preference)]),
    }
}
