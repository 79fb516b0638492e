//! Patterns of resource paths.

use std::fmt;

/// A pattern such as `/users/{id}/messages/**`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    /// The segments, in order.
    pub segments: Vec<Segment>,
}

/// One segment of a [`PathPattern`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A navigation property, entity set, singleton, operation, or a type cast by qualified name.
    Name(String),
    /// A key, written `{…}`.
    Key,
    /// Any one segment, written `*`.
    Any,
    /// Any number of segments, written `**`.
    Rest,
}

/// Why a text is no path pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError(String);

impl fmt::Display for PatternError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for PatternError {}

impl PathPattern {
    /// Reads a pattern.
    ///
    /// ```
    /// use odatagen::slice::PathPattern;
    ///
    /// assert!(PathPattern::parse("/users/{id}/messages/**").is_ok());
    /// assert!(PathPattern::parse("users").is_err());
    /// ```
    ///
    /// # Errors
    /// If the text does not begin with `/` or has an empty segment.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let Some(path) = text.strip_prefix('/') else {
            return Err(PatternError(format!("the path `{text}` does not begin with `/`")));
        };
        let segments = path.split('/').map(|segment| segment_of(text, segment));
        Ok(Self { segments: segments.collect::<Result<_, _>>()? })
    }
}

fn segment_of(path: &str, segment: &str) -> Result<Segment, PatternError> {
    match segment {
        "" => Err(PatternError(format!("the path `{path}` has an empty segment"))),
        "*" => Ok(Segment::Any),
        "**" => Ok(Segment::Rest),
        _ if segment.starts_with('{') && segment.ends_with('}') => Ok(Segment::Key),
        _ if segment.contains(['{', '}', '*']) => Err(PatternError(format!(
            "the segment `{segment}` mixes a name with `{{…}}` or `*`; each stands for a whole segment"
        ))),
        _ => Ok(Segment::Name(segment.to_owned())),
    }
}
