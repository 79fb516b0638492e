//! Which version of OpenAPI a document is of, and whether it is of OpenAPI at all.
//!
//! Enters: the tree of a document. Leaves: its [`Version`], or what the document seems to be. Must not
//! know: what is in it beside the members of its root.

use super::description::Version;
use crate::input::diagnostic::Diagnostic;
use crate::input::source::{SourceId, Span};
use crate::node::{Kind, Member, Node};

/// Whether a document is complete, and not a part of another one.
pub(crate) fn is_complete(root: Node<'_>) -> bool {
    root.member("openapi").or_else(|| root.member("swagger")).is_some()
}

/// Whether a document can be a part of another one: schemas and other objects to which that one refers.
pub(crate) fn is_part(root: Node<'_>) -> bool {
    let is_container = root.is_object() || root.is_array();
    let is_foreign = known(root).is_some_and(|format| !format.can_be_part);
    is_container && !is_complete(root) && !is_foreign
}

/// The error for a text that is neither JSON nor YAML: nothing, XML, HTML, or JSON with comments.
pub(crate) fn not_a_tree(text: &str, source: SourceId) -> Option<Diagnostic> {
    let begin = text.trim_start();
    let is_comment = begin.starts_with("//") || begin.starts_with("/*");
    let (seems, help) = match begin.strip_prefix('<') {
        _ if begin.is_empty() => ("the document is empty", SAVE),
        Some(rest) if is_html(rest) => ("the document is a page of HTML, not OpenAPI", SAVE),
        Some(_) => ("the document is XML, not OpenAPI", SAVE),
        None if is_comment => {
            ("the document begins with a comment that JSON does not have", "remove the comments")
        }
        None => return None,
    };
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let start = offset(text.len() - begin.len());
    let span = Span { source, start, end: start.saturating_add(1) };
    let finding = Diagnostic::error("not-openapi", seems);
    Some(finding.at(span, EXPECTED).help(help))
}

fn is_html(after_bracket: &str) -> bool {
    let word: String =
        after_bracket.chars().take_while(|c| c.is_ascii_alphabetic() || *c == '!').collect();
    ["html", "!doctype", "head", "body"].iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// Whether a dialect of schemas is that of OpenAPI 3.1 or 3.2, or has the same keywords.
pub(crate) fn is_known_dialect(uri: &str) -> bool {
    let uri = uri.trim_end_matches('#');
    uri == "https://json-schema.org/draft/2020-12/schema"
        || uri.starts_with("https://spec.openapis.org/oas/3.1/")
        || uri.starts_with("https://spec.openapis.org/oas/3.2/")
}

/// The version of a complete document. What is odd about it goes to `findings`.
///
/// # Errors
/// If the document is not of OpenAPI, or of a version that cannot be read.
pub(crate) fn version(
    root: Node<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Result<Version, Diagnostic> {
    let declared = match (root.member("openapi"), root.member("swagger")) {
        (Some(openapi), _) => openapi,
        (None, Some(swagger)) => swagger,
        (None, None) => return Err(not_openapi(root)),
    };
    let place = declared.value.span();
    let Some(text) = declared.value.scalar() else {
        let message = format!("`{}` is not a version", declared.name);
        return Err(unsupported(message, declared.name_span));
    };
    if declared.value.text().is_none() {
        let message = format!("the version is {}, not a string", declared.value.kind().name());
        findings.push(
            Diagnostic::violation("openapi-version", message)
                .at(place, format!("read as \"{text}\""))
                .help("put it in quotes"),
        );
    }
    let mut parts = text.trim().split('.');
    let version = match (declared.name, parts.next(), parts.next()) {
        (_, Some("2"), Some("0") | None) => Version::V20,
        ("openapi", Some("3"), Some("0")) => Version::V30,
        ("openapi", Some("3"), Some("1")) => Version::V31,
        ("openapi", Some("3"), Some("2")) => Version::V32,
        ("swagger", Some("3"), Some("0")) => Version::V30,
        ("openapi", Some("3"), minor) if minor.is_none_or(is_number) => {
            let (nearest, name) = match minor {
                None => (Version::V30, "3.0"),
                Some(_) => (Version::V32, "3.2"),
            };
            findings.push(
                Diagnostic::warning(
                    "openapi-version",
                    format!("the version `{text}` is not known"),
                )
                .at(place, format!("read as {name}"))
                .help("the versions are 2.0, 3.0, 3.1 and 3.2"),
            );
            return Ok(nearest);
        }
        _ => {
            let message = format!("OpenAPI version {text:?} is not supported");
            return Err(unsupported(message, place));
        }
    };
    Ok(version)
}

fn unsupported(message: String, place: Span) -> Diagnostic {
    Diagnostic::error("openapi-version", message)
        .at(place, "expected 2.0, 3.0, 3.1 or 3.2")
        .help("convert the document to OpenAPI 3")
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a document seems to be that has the version of no OpenAPI.
fn not_openapi(root: Node<'_>) -> Diagnostic {
    let (seems, help) = match root.kind() {
        Kind::Null => ("the document is empty".to_owned(), SAVE),
        Kind::Object(members) if members.len() == 0 => (NO_FORMAT.to_owned(), SAVE),
        Kind::Object(_) => known(root).map_or_else(
            || (NO_FORMAT.to_owned(), DECLARE),
            |format| (format!("the document is {}, not OpenAPI", format.name), format.help),
        ),
        Kind::Array(_) => ("the document is an array".to_owned(), SAVE),
        other => (format!("the document is {}", other.name()), SAVE),
    };
    let place = root.members().next().map_or_else(|| first_byte(root.span()), name_place);
    Diagnostic::error("not-openapi", seems).at(place, EXPECTED).help(help)
}

const NO_FORMAT: &str =
    "the format of the document is not known: `openapi`, `swagger` or `$Version` is missing";
const EXPECTED: &str = "expected OpenAPI in JSON or YAML, or CSDL";
const SAVE: &str = "save the OpenAPI document or the $metadata of the service";
const DECLARE: &str = "declare the version, such as `openapi: 3.1.0`; give a document that is a part of \
                       another one after that one";

fn name_place(member: Member<'_>) -> Span {
    member.name_span
}

fn first_byte(span: Span) -> Span {
    Span { end: span.end.min(span.start.saturating_add(1)), ..span }
}

/// Another format.
struct Format {
    /// The member of the root by which it is known.
    member: &'static str,
    name: &'static str,
    help: &'static str,
    /// Whether an OpenAPI document may refer to parts of such a document.
    can_be_part: bool,
}

const fn format(member: &'static str, name: &'static str, help: &'static str) -> Format {
    Format { member, name, help, can_be_part: false }
}

const fn of_schemas(member: &'static str) -> Format {
    const HELP: &str = "refer to it from an OpenAPI document, and give it after that one";
    Format { can_be_part: true, ..format(member, "JSON Schema", HELP) }
}

const FORMATS: &[Format] = &[
    format("asyncapi", "AsyncAPI", "it describes messages; give a document that describes HTTP"),
    format("$Version", "CSDL", "generate from CSDL and from OpenAPI in separate runs"),
    format(
        "overlay",
        "an overlay",
        "give the document that it changes, and the overlay with `--overlay`",
    ),
    format("arazzo", "Arazzo", "give the OpenAPI document to which it refers"),
    format("openrpc", "OpenRPC", "give a document that describes HTTP"),
    format("swaggerVersion", "Swagger 1", "convert it to OpenAPI 3"),
    format("discoveryVersion", "a discovery document of Google", "convert it to OpenAPI 3"),
    of_schemas("$schema"),
    of_schemas("$defs"),
];

/// What a document is by the members of its root.
fn known(root: Node<'_>) -> Option<&'static Format> {
    const POSTMAN: Format =
        format("info", "a collection of Postman", "export the collection as OpenAPI");
    if root.get("info").is_some_and(|info| info.get("_postman_id").is_some()) {
        return Some(&POSTMAN);
    }
    FORMATS.iter().find(|format| root.get(format.member).is_some())
}
