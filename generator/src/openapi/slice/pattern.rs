//! Patterns of paths, tags, operations, components and webhooks.

pub use crate::input::patterns::PatternError;
use crate::openapi::model::{Path, pattern};

/// What a slice includes or excludes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// The operations on some paths, such as `/repos/{owner}/{repo}/issues/**`, with one method if there is
    /// one before the path: `GET /repos/**`.
    Path {
        /// The method; all of them if there is none.
        method: Option<String>,
        /// The segments. Those in braces match any variable.
        segments: Vec<String>,
    },
    /// The operations with a tag: `tag:issues`.
    Tag(Name),
    /// The operations with an id: `operation:issues/create`.
    Operation(Name),
    /// The schemas of the components with a name: `component:Issue`.
    Component(Name),
    /// The requests that the service sends, by name: `webhook:issue-opened`.
    Webhook(Name),
    /// The operations with an id, and the schemas of the components with a name: `Issue`.
    Any(Name),
}

/// A name, in which `*` is any text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

/// Makes a pattern of a name.
type Make = fn(Name) -> Pattern;

impl Pattern {
    /// What may be before a name, with a colon.
    const KINDS: [(&'static str, Make); 4] = [
        ("tag", Self::Tag),
        ("operation", Self::Operation),
        ("component", Self::Component),
        ("webhook", Self::Webhook),
    ];

    /// Reads a pattern.
    ///
    /// ```
    /// use schemacrate::internals::openapi::slice::Pattern;
    ///
    /// for text in ["/pets/**", "GET /pets/{id}", "tag:pets", "operation:pets/*", "component:Pet", "Pet"] {
    ///     assert!(Pattern::parse(text).is_ok(), "{text}");
    /// }
    /// assert!(Pattern::parse("tag:").is_err());
    /// ```
    ///
    /// # Errors
    /// If the text is empty, or there is nothing after the kind of the name.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        if let Some(path) = text.strip_prefix('/') {
            return Ok(Self::path(None, path));
        }
        if let Some((method, path)) = text.split_once(" /")
            && method.bytes().all(|one| one.is_ascii_alphabetic())
            && !method.is_empty()
        {
            return Ok(Self::path(Some(method.to_ascii_uppercase()), path));
        }
        let named = text.split_once(':').and_then(|(kind, name)| {
            let known = Self::KINDS.iter().find(|(known, _)| *known == kind)?;
            Some((known.1, name))
        });
        let (make, name) = named.unwrap_or((Self::Any, text));
        if name.trim().is_empty() {
            return Err(PatternError::new(format!("`{text}` names nothing")));
        }
        Ok(make(Name(name.to_owned())))
    }

    fn path(method: Option<String>, path: &str) -> Self {
        Self::Path { method, segments: path.split('/').map(pattern).collect() }
    }

    /// Whether a component has the name.
    pub(in crate::openapi) fn is_component(&self, component: &str) -> bool {
        match self {
            Self::Component(name) | Self::Any(name) => name.is(component),
            _ => false,
        }
    }

    /// Whether a path with a method is one of those.
    pub(super) fn is_path(&self, path: &Path, sent: &str) -> bool {
        let Self::Path { method, segments } = self else { return false };
        let template = path.pattern();
        let template = template.strip_prefix('/').unwrap_or(&template);
        let found: Vec<&str> = template.split('/').collect();
        method.as_ref().is_none_or(|one| one == sent) && matches(segments, &found)
    }
}

impl Name {
    /// Whether a text is the name.
    pub(super) fn is(&self, text: &str) -> bool {
        let mut parts = self.0.split('*');
        let first = parts.next().unwrap_or_default();
        let Some(last) = parts.next_back() else { return text == first };
        let Some(rest) = text.strip_prefix(first) else { return false };
        let Some(mut rest) = rest.strip_suffix(last) else { return false };
        parts.all(|part| match rest.split_once(part) {
            Some((_, after)) => {
                rest = after;
                true
            }
            None => false,
        })
    }
}

/// Whether segments are those of a pattern, in which `*` is one segment and `**` any number.
fn matches(pattern: &[String], segments: &[&str]) -> bool {
    // The positions of the pattern that the segments so far can have reached.
    let mut open = vec![false; pattern.len() + 1];
    open[0] = true;
    let skip = |open: &mut Vec<bool>| {
        for (at, one) in pattern.iter().enumerate() {
            open[at + 1] |= open[at] && one == "**";
        }
    };
    skip(&mut open);
    for segment in segments {
        let mut next = vec![false; open.len()];
        for (at, one) in pattern.iter().enumerate().filter(|(at, _)| open[*at]) {
            match one.as_str() {
                "**" => next[at] = true,
                "*" => next[at + 1] = true,
                name => next[at + 1] |= name == *segment,
            }
        }
        skip(&mut next);
        open = next;
    }
    open[pattern.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::source::{SourceId, Span};
    use crate::openapi::model::{Id, Words};

    #[test]
    fn paths_are_matched_by_segments() {
        for (pattern, path, expected) in [
            ("/a/{b}", "/a/{id}", true),
            ("/a/{b}", "/a/b", false),
            ("/a/*", "/a/b", true),
            ("/a/*", "/a/b/c", false),
            ("/a/**", "/a", true),
            ("/a/**", "/a/b/{c}/d", true),
            ("/**/d", "/a/b/{c}/d", true),
            ("/**/**/d", "/a/d/d", true),
            ("/**/d", "/a/b", false),
            ("/a", "/a/", false),
            ("/a/", "/a/", true),
            ("/a/{x}.json", "/a/{id}.json", true),
            ("/a/{x}", "/a/{id}.json", false),
            ("/**", "/", true),
            ("get /a", "/a", true),
            ("POST /a", "/a", false),
        ] {
            let span = Span { source: SourceId(0), start: 0, end: 0 };
            let template = Words { text: path.to_owned(), span };
            let path = Path { template, item: Id::new(0) };
            let read = Pattern::parse(pattern).expect(pattern);
            assert_eq!(read.is_path(&path, "GET"), expected, "{pattern} {}", path.template.text);
        }
    }

    #[test]
    fn a_star_in_a_name_is_any_text() {
        for (pattern, text, expected) in [
            ("pets", "pets", true),
            ("pets", "pets/list", false),
            ("pets/*", "pets/list", true),
            ("*", "", true),
            ("*list*", "pets/list-all", true),
            ("a*a", "a", false),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false),
        ] {
            assert_eq!(Name(pattern.to_owned()).is(text), expected, "{pattern} {text}");
        }
    }
}
