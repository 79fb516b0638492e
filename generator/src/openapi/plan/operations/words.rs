//! The words of types and statuses in the names of generated items.
//!
//! Enters: types and statuses. Leaves: words of which names are made, which depend on nothing else. Must not
//! know: which names are taken.

use super::super::table::Table;
use super::super::xml;
use super::media::Kind;
use crate::crate_plan::naming;
use crate::crate_plan::{AnswerStatus, Foreign, Type, XmlNode};
use crate::openapi::model::MediaType;
use crate::openapi::schema::{Form, Text, Use};

/// The word of a type: `Pet`, `PetList`, `Text`.
pub(super) fn of_type(value: &Type) -> String {
    match value {
        Type::Generated(path) => naming::stem(&path.name).to_owned(),
        Type::Vec(inner) => [&of_type(inner), "List"].concat(),
        Type::Option(inner) | Type::Box(inner) => of_type(inner),
        Type::Bytes => "Bytes".to_owned(),
        Type::Unit => "Nothing".to_owned(),
        Type::Foreign(Foreign::String) => "Text".to_owned(),
        Type::Foreign(Foreign::Bool) => "Flag".to_owned(),
        Type::Foreign(Foreign::Untyped) => "AnyJson".to_owned(),
        Type::Foreign(_) => "Number".to_owned(),
        Type::Named(named) => match (named.path.last(), named.arguments.last()) {
            (Some(&"IndexMap"), Some(value)) => [&of_type(value), "Map"].concat(),
            (Some(&"Formatted"), Some(value)) => of_type(value),
            (Some(&"Patch"), Some(value)) => [&of_type(value), "Patch"].concat(),
            (Some(&"DateTimeOffset"), _) => "DateTime".to_owned(),
            (Some(name), _) => (*name).to_owned(),
            (None, _) => "Value".to_owned(),
        },
        _ => "Value".to_owned(),
    }
}

/// The name of the variant for a status.
pub(super) fn of_status(status: AnswerStatus) -> String {
    let name = match status {
        AnswerStatus::Default => "Default",
        AnswerStatus::Range(1) => "Informational",
        AnswerStatus::Range(2) => "Success",
        AnswerStatus::Range(3) => "Redirection",
        AnswerStatus::Range(4) => "ClientError",
        AnswerStatus::Range(5) => "ServerError",
        AnswerStatus::Range(first) => return format!("Status{first}xx"),
        AnswerStatus::Code(code) => match of_code(code) {
            Some(name) => name,
            None => return format!("Status{code}"),
        },
    };
    name.to_owned()
}

/// The reason phrases of HTTP (RFC 9110 and the registry of status codes).
fn of_code(code: u16) -> Option<&'static str> {
    Some(match code {
        100 => "Continue",
        101 => "SwitchingProtocols",
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritativeInformation",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        208 => "AlreadyReported",
        226 => "ImUsed",
        300 => "MultipleChoices",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        305 => "UseProxy",
        307 => "TemporaryRedirect",
        308 => "PermanentRedirect",
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        407 => "ProxyAuthenticationRequired",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "LengthRequired",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        414 => "UriTooLong",
        415 => "UnsupportedMediaType",
        416 => "RangeNotSatisfiable",
        417 => "ExpectationFailed",
        418 => "ImATeapot",
        421 => "MisdirectedRequest",
        422 => "UnprocessableContent",
        423 => "Locked",
        424 => "FailedDependency",
        425 => "TooEarly",
        426 => "UpgradeRequired",
        428 => "PreconditionRequired",
        429 => "TooManyRequests",
        431 => "RequestHeaderFieldsTooLarge",
        451 => "UnavailableForLegalReasons",
        500 => "InternalServerError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        505 => "HttpVersionNotSupported",
        506 => "VariantAlsoNegotiates",
        507 => "InsufficientStorage",
        508 => "LoopDetected",
        511 => "NetworkAuthenticationRequired",
        _ => return None,
    })
}

/// Whether all values are neither lists nor objects.
pub(super) fn is_scalar(table: &Table<'_>, used: Use) -> bool {
    match &table.api.shapes.shape(used.shape).form {
        Form::Boolean
        | Form::Integer(_)
        | Form::Number(_)
        | Form::Text(_)
        | Form::Constant(_)
        | Form::Enumeration(_) => true,
        Form::Any
        | Form::Never
        | Form::Null
        | Form::List(_)
        | Form::Tuple(_)
        | Form::Map(_)
        | Form::Object(_)
        | Form::Union(_) => false,
    }
}

/// How a body is written, if its media type is XML and its schema describes it.
pub(super) fn xml(table: &Table<'_>, media_type: &str, media: &MediaType) -> Option<XmlNode> {
    let schema = media.schema.filter(|_| Kind::of(media_type) == Kind::Xml)?;
    xml::document(table, schema, table.api.shapes.of(schema)?)
}

/// What is on the lines of a body: what the document specifies for an item, or the items of a list.
pub(super) fn of_lines(table: &Table<'_>, media: &MediaType, used: Option<Use>) -> Option<Use> {
    let item = media.item_schema.and_then(|id| table.api.shapes.of(id));
    let of_list = |used: Use| match &table.api.shapes.shape(used.shape).form {
        Form::List(list) => Some(list.item),
        _ => None,
    };
    item.or_else(|| used.and_then(of_list))
}

/// Whether a body is bytes that are not text.
pub(super) fn is_binary(table: &Table<'_>, used: Option<Use>) -> bool {
    used.is_none_or(|used| {
        matches!(table.api.shapes.shape(used.shape).form, Form::Text(Text::Binary))
    })
}

/// Whether a body of any media type is bytes: its schema is that of bytes, or names what they are and is not JSON.
pub(super) fn is_any_bytes(table: &Table<'_>, media: &MediaType, used: Option<Use>) -> bool {
    let keywords = media.schema.and_then(|id| table.api.model.schema(id).keywords());
    let is_other = keywords.is_some_and(|keywords| {
        let media_type = keywords.content_media_type.as_ref();
        keywords.content_encoding.is_none()
            && media_type.is_some_and(|one| Kind::of(&one.text) != Kind::Json)
    });
    is_other || is_binary(table, used)
}
