//! The headers of an answer that a document declares, as a struct.
//!
//! Enters: the headers, and what kind of value each has. Leaves: the struct, read from JSON that is made of
//! them. Headers have the style `simple`, and are not percent-encoded.

use http::HeaderMap;

use super::links;
use super::reading::{is_json, quoted};
use crate::json::decode::from_json_strictly;
use crate::json::{DecodeError, Value};
use crate::web::error::Error;
use crate::web::link;
use crate::web::request::Response;

/// A struct whose members are declared headers, by their names.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a struct of the headers of an answer",
    label = "not generated for the headers of an answer",
    note = "the documentation of an operation names the struct of its headers, if it declares any"
)]
pub trait Headers: Value {
    /// The headers that have a place in the struct.
    const HEADERS: &'static [DeclaredHeader];
}

/// A header that a document declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeclaredHeader {
    name: &'static str,
    kind: HeaderKind,
}

/// How the text of a header becomes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderKind {
    /// It is a string, or what JSON writes as one.
    Text,
    /// It is JSON: a number, a boolean, or what the document declares as JSON.
    Json,
    /// It is a list of such values, with commas between them.
    List(&'static Self),
    /// It is an object whose members are such values: with `=` after their names if it is exploded, else with
    /// commas between all of them.
    Object {
        /// Whether a member is `name=value`.
        explode: bool,
        /// The members that are not text.
        members: &'static [(&'static str, Self)],
    },
}

impl HeaderKind {
    /// An object, by the members that are not text.
    #[must_use]
    pub const fn object(explode: bool, members: &'static [(&'static str, Self)]) -> Self {
        Self::Object { explode, members }
    }
}

impl DeclaredHeader {
    /// A header with a kind of value.
    #[must_use]
    pub const fn new(name: &'static str, kind: HeaderKind) -> Self {
        Self { name, kind }
    }
}

impl<T> Response<T> {
    /// The headers that the document declares, as their struct.
    ///
    /// # Errors
    ///
    /// A header that must be there is not there, or is not of its type.
    pub fn declared<H: Headers>(&self) -> Result<H, DecodeError> {
        read(self.headers())
    }

    /// The target of a link in the header `Link`, by its relation such as `next` (RFC 8288), as an absolute
    /// URL. If it came by way of another origin, and refers to the service, it is marked with a fragment.
    ///
    /// ```
    /// use schemacrate_runtime::codegen::{Invocation, Operation};
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{Request, ServiceClient, bytes::Bytes, http};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// const TAGS: Operation = Operation::new("GET", "/tags");
    /// let service = Replay::new();
    /// let first = http::Response::builder().header("link", r#"<?page=2>; rel="next""#);
    /// service.respond(first.body(Bytes::from(r#"["a"]"#)).expect("a response"));
    /// let client = ServiceClient::builder("https://example.com").transport(service).build()?;
    ///
    /// let tags: Request<Vec<String>> = Invocation::new(&client, &TAGS).request();
    /// let page = tags.send_full().await?;
    /// assert_eq!(page.link("next").as_deref(), Some("https://example.com/tags?page=2"));
    /// assert_eq!(page.link("last"), None);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn link(&self, relation: &str) -> Option<String> {
        let target = links::target(self.headers(), relation)?;
        let Some((base, foreign_to)) = self.link_base() else { return Some(target) };
        link::absolute(base, &target, foreign_to).or(Some(target))
    }
}

impl Error {
    /// The headers that the document declares for the answer, as their struct; `None` if there was no answer.
    ///
    /// # Errors
    ///
    /// A header that must be there is not there, or is not of its type.
    pub fn declared<H: Headers>(&self) -> Option<Result<H, DecodeError>> {
        self.status().map(|_| read(self.headers()))
    }
}

/// The declared headers, as their struct.
///
/// # Errors
///
/// A header is not of its type.
pub(super) fn read<H: Headers>(headers: &HeaderMap) -> Result<H, DecodeError> {
    let json = object(headers, H::HEADERS);
    from_json_strictly(json.as_bytes()).map(|(headers, _)| headers)
}

/// An object with the headers that are there.
fn object(headers: &HeaderMap, declared: &[DeclaredHeader]) -> String {
    let present = declared.iter().filter_map(|header| {
        let values = headers.get_all(header.name).iter();
        let lines: Vec<_> = values.map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        (!lines.is_empty()).then(|| (header.name, json(lines.join(", ").trim(), header.kind)))
    });
    members(present)
}

/// The JSON of a text. What is not of its kind becomes a string, which the reader refuses or keeps.
fn json(text: &str, kind: HeaderKind) -> String {
    match kind {
        HeaderKind::Text => quoted(text),
        HeaderKind::Json if is_json(text) => text.to_owned(),
        HeaderKind::Json => quoted(text),
        HeaderKind::List(item) => {
            let items: Vec<_> = parts(text).map(|part| json(part, *item)).collect();
            format!("[{}]", items.join(","))
        }
        HeaderKind::Object { explode, members: declared } => {
            let kind = |name: &str| {
                let member = declared.iter().find(|(own, _)| *own == name);
                member.map_or(HeaderKind::Text, |(_, kind)| *kind)
            };
            let pairs: Vec<(&str, &str)> = if explode {
                parts(text).map(|part| part.split_once('=').unwrap_or((part, ""))).collect()
            } else {
                let all: Vec<_> = parts(text).collect();
                all.chunks(2).map(|pair| (pair[0], pair.get(1).copied().unwrap_or(""))).collect()
            };
            members(pairs.into_iter().map(|(name, value)| (name, json(value, kind(name)))))
        }
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}

fn members<'n>(members: impl Iterator<Item = (&'n str, String)>) -> String {
    let members: Vec<_> = members.map(|(name, json)| format!("{}:{json}", quoted(name))).collect();
    format!("{{{}}}", members.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_json_by_its_kind() {
        const NUMBERS: HeaderKind = HeaderKind::List(&HeaderKind::Json);
        const OBJECT: [(&str, HeaderKind); 1] = [("n", HeaderKind::Json)];
        for (text, kind, expected) in [
            ("7", HeaderKind::Text, r#""7""#),
            ("7", HeaderKind::Json, "7"),
            ("true", HeaderKind::Json, "true"),
            ("{\"a\":1}", HeaderKind::Json, "{\"a\":1}"),
            ("7x", HeaderKind::Json, r#""7x""#),
            ("1, 2,3", NUMBERS, "[1,2,3]"),
            ("", NUMBERS, "[]"),
            ("a,\"b", HeaderKind::List(&HeaderKind::Text), r#"["a","\"b"]"#),
            (
                "n=1,m=2=3,x",
                HeaderKind::Object { explode: true, members: &OBJECT },
                r#"{"n":1,"m":"2=3","x":""}"#,
            ),
            (
                "n,1,m,2,x",
                HeaderKind::Object { explode: false, members: &OBJECT },
                r#"{"n":1,"m":"2","x":""}"#,
            ),
        ] {
            assert_eq!(json(text, kind), expected, "{text}");
        }
    }
}
