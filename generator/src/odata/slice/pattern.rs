//! Patterns of resource paths, types and operations.

pub use crate::input::patterns::PatternError;
use crate::odata::edm::QualifiedName;
use crate::odata::edm::service::Label;

/// What a slice includes or excludes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// The resources at some paths, such as `/users/{id}/messages/**`.
    Path(PathPattern),
    /// A type or an operation by qualified name, or, with `*` in place of the simple name,
    /// everything in a namespace: `microsoft.graph.user`, `microsoft.graph.security.*`.
    Name {
        /// The namespace.
        namespace: String,
        /// The simple name; `None` is every name.
        name: Option<String>,
    },
}

/// A pattern such as `/users/{id}/messages/**`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    /// The segments, in order.
    pub segments: Vec<PatternSegment>,
}

/// One segment of a [`PathPattern`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternSegment {
    /// A property, an entity set, a singleton, an operation (with or without its namespace), or a
    /// type cast by qualified name.
    Name(String),
    /// A key, written `{…}`.
    Key,
    /// Any one segment, written `*`.
    Any,
    /// Any number of segments, written `**`.
    Rest,
}

impl Pattern {
    /// Reads a pattern: a path begins with `/`, a name does not.
    ///
    /// ```
    /// use schemacrate::internals::slice::Pattern;
    ///
    /// assert!(Pattern::parse("/users/{id}/messages/**").is_ok());
    /// assert!(Pattern::parse("microsoft.graph.user").is_ok());
    /// assert!(Pattern::parse("users").is_err());
    /// ```
    ///
    /// # Errors
    /// If the text is neither a path nor a qualified name.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        if text.starts_with('/') {
            return PathPattern::parse(text).map(Self::Path);
        }
        let name = QualifiedName::parse(text)
            .filter(|name| !name.namespace.is_empty() && !name.name.is_empty())
            .filter(|name| !text.contains('/') && !name.namespace.contains('*'))
            .filter(|name| name.name == "*" || !name.name.contains('*'));
        match name {
            Some(QualifiedName { namespace, name }) => {
                Ok(Self::Name { namespace, name: Some(name).filter(|name| name != "*") })
            }
            None => Err(PatternError::new(format!(
                "`{text}` is neither a path, which begins with `/`, nor a qualified name"
            ))),
        }
    }
}

impl PathPattern {
    /// Reads a path pattern.
    ///
    /// # Errors
    /// If the text does not begin with `/` or has an empty segment.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let Some(path) = text.strip_prefix('/') else {
            return Err(PatternError::new(format!("the path `{text}` does not begin with `/`")));
        };
        let segments = path.split('/').map(|segment| segment_of(text, segment));
        Ok(Self { segments: segments.collect::<Result<_, _>>()? })
    }

    /// Whether a path that has matched up to a position may end there.
    pub(super) fn ends(&self, position: usize) -> bool {
        self.segments[position..].iter().all(|segment| *segment == PatternSegment::Rest)
    }

    /// The positions after one more segment of a real path, if the pattern allows it.
    pub(super) fn after(&self, position: usize, label: Label<'_>) -> Vec<usize> {
        let mut positions = Vec::new();
        let mut at = position;
        while let Some(segment) = self.segments.get(at) {
            if *segment == PatternSegment::Rest {
                positions.push(at);
                at += 1;
                continue;
            }
            if segment.matches(label) {
                positions.push(at + 1);
            }
            break;
        }
        positions
    }
}

impl PatternSegment {
    fn matches(&self, label: Label<'_>) -> bool {
        match (self, label) {
            (Self::Rest | Self::Any, _) | (Self::Key, Label::Key) => true,
            (Self::Name(written), label) => label.is(written),
            (Self::Key, _) => false,
        }
    }
}

fn segment_of(path: &str, segment: &str) -> Result<PatternSegment, PatternError> {
    match segment {
        "" => Err(PatternError::new(format!("the path `{path}` has an empty segment"))),
        "*" => Ok(PatternSegment::Any),
        "**" => Ok(PatternSegment::Rest),
        _ if segment.starts_with('{') && segment.ends_with('}') => Ok(PatternSegment::Key),
        _ if segment.contains(['{', '}', '*']) => Err(PatternError::new(format!(
            "the segment `{segment}` mixes a name with `{{…}}` or `*`; each is a whole segment"
        ))),
        _ => Ok(PatternSegment::Name(segment.to_owned())),
    }
}
