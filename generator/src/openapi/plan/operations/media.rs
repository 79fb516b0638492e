//! What a media type means for how a body is read or written.
//!
//! Enters: the name of a media type, or a range of them. Leaves: its [`Kind`]. Must not know: schemas.

/// How bodies of a media type are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Json,
    Form,
    Multipart,
    Xml,
    /// A stream of server-sent events.
    Events,
    /// A stream of JSON values.
    Lines,
    Text,
    /// A range that has all of them.
    Any,
    Bytes,
}

impl Kind {
    /// The kind of a media type.
    pub(super) fn of(media_type: &str) -> Self {
        let essence = essence(media_type);
        match essence.as_str() {
            "application/json" | "text/json" | "application/x-json" => Self::Json,
            "application/x-www-form-urlencoded" => Self::Form,
            "application/xml" | "text/xml" => Self::Xml,
            "text/event-stream" => Self::Events,
            "application/jsonl"
            | "application/x-jsonl"
            | "application/jsonlines"
            | "application/x-jsonlines"
            | "application/ndjson"
            | "application/x-ndjson"
            | "application/json-lines"
            | "application/stream+json"
            | "application/json-seq" => Self::Lines,
            "*/*" | "*" | "application/*" => Self::Any,
            _ if essence.starts_with("multipart/") => Self::Multipart,
            _ if essence.ends_with("+json-seq") => Self::Lines,
            _ if essence.ends_with("+json") => Self::Json,
            _ if essence.ends_with("+xml") => Self::Xml,
            _ if essence.starts_with("text/") => Self::Text,
            _ => Self::Bytes,
        }
    }
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or(media_type).trim().to_ascii_lowercase()
}

/// Whether it is one media type, which can be sent as it is in a header.
pub(super) fn is_one(media_type: &str) -> bool {
    !media_type.contains('*') && is_of_header(media_type)
}

/// Whether it is a media type, or a range of them, that can be in a header as it is.
pub(super) fn is_of_header(media_type: &str) -> bool {
    media_type.contains('/') && media_type.chars().all(|c| c == ' ' || c.is_ascii_graphic())
}

/// Whether it is a range of media types of one kind, such as `image/*`.
pub(super) fn is_range(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.strip_suffix("/*").is_some_and(|kind| !matches!(kind, "*" | "application"))
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn media_types_have_kinds() {
        for (media_type, kind) in [
            ("application/json; charset=utf-8", Kind::Json),
            ("application/problem+json", Kind::Json),
            ("text/event-stream", Kind::Events),
            ("application/geo+json-seq", Kind::Lines),
            ("image/svg+xml", Kind::Xml),
            ("text/csv", Kind::Text),
            ("multipart/form-data", Kind::Multipart),
            ("*/*", Kind::Any),
            ("image/*", Kind::Bytes),
            ("application/octet-stream", Kind::Bytes),
            ("", Kind::Bytes),
        ] {
            assert_eq!(Kind::of(media_type), kind, "{media_type}");
        }
    }
}
