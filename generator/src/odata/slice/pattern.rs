//! Patterns of resource paths, types, members and operations.

pub use crate::input::patterns::PatternError;
use crate::odata::edm::QualifiedName;
use crate::odata::edm::service::Label;
use std::fmt;

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
    /// A member that a type declares, or, with `*` in place of the simple name, that any type of a
    /// namespace declares: `microsoft.graph.user/photo`. It can only be excluded.
    Member {
        /// The namespace of the type.
        namespace: String,
        /// The simple name of the type; `None` is every type.
        name: Option<String>,
        /// The name of the property or the navigation property.
        member: String,
    },
}

/// A pattern such as `/users/{id}/messages/**`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    /// The segments, in order.
    pub segments: Vec<PatternSegment>,
    /// What becomes of the navigation properties that leave what `**` matches.
    pub references: References,
}

/// What becomes of the navigation properties that leave the containment tree, which `**` follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum References {
    /// They are kept if their types are kept anyway.
    #[default]
    IfKept,
    /// They are kept with their types, but paths do not go on from there: `/users/** +references`.
    Kept,
    /// `**` follows them like all others, so that nearly all of a service is reached.
    Followed,
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
    /// Any number of segments, written `**`. It follows navigation properties that contain what they
    /// refer to.
    Rest,
}

/// The position in a pattern after one more segment of a real path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Matched {
    pub(super) position: usize,
    /// Whether `**` matched, and no segment of its own.
    pub(super) by_rest: bool,
}

impl Pattern {
    /// What follows a path whose references are kept.
    const REFERENCES: &'static str = "+references";

    /// Reads a pattern: a path begins with `/`, a name does not.
    ///
    /// ```
    /// use schemacrate::internals::slice::Pattern;
    ///
    /// assert!(Pattern::parse("/users/{id}/messages/**").is_ok());
    /// assert!(Pattern::parse("/users/{id}/messages/** +references").is_ok());
    /// assert!(Pattern::parse("microsoft.graph.user").is_ok());
    /// assert!(Pattern::parse("microsoft.graph.user/photo").is_ok());
    /// assert!(Pattern::parse("users").is_err());
    /// ```
    ///
    /// # Errors
    /// If the text is neither a path nor a qualified name.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        if text.starts_with('/') {
            return PathPattern::parse(text).map(Self::Path);
        }
        let (qualified, member) = match text.split_once('/') {
            Some((qualified, member)) => (qualified, Some(member)),
            None => (text, None),
        };
        let name = QualifiedName::parse(qualified)
            .filter(|name| !name.namespace.is_empty() && !name.name.is_empty())
            .filter(|_| !text.contains(char::is_whitespace))
            .filter(|name| !name.namespace.contains('*'))
            .filter(|name| name.name == "*" || !name.name.contains('*'))
            .filter(|_| member.is_none_or(|one| !one.is_empty() && !one.contains(['/', '*'])));
        let Some(QualifiedName { namespace, name }) = name else {
            return Err(PatternError::new(format!(
                "`{text}` is neither a path, which begins with `/`, nor a qualified name"
            )));
        };
        let name = Some(name).filter(|name| name != "*");
        Ok(match member {
            Some(member) => Self::Member { namespace, name, member: member.to_owned() },
            None => Self::Name { namespace, name },
        })
    }

    /// Reads a pattern of what is included.
    ///
    /// # Errors
    /// As for [`parse`](Self::parse), and if it is a member, which can only be excluded.
    pub fn parse_included(text: &str) -> Result<Self, PatternError> {
        match Self::parse(text)? {
            Self::Member { .. } => Err(PatternError::new(format!(
                "`{text}` is a member of a type, which can only be excluded: a type that is included has \
                 all of its properties, and a path such as `/users/{{id}}/photo` includes a navigation \
                 property"
            ))),
            pattern => Ok(pattern),
        }
    }

    /// Reads a pattern of what is excluded.
    ///
    /// # Errors
    /// As for [`parse`](Self::parse), and if it asks for references.
    pub fn parse_excluded(text: &str) -> Result<Self, PatternError> {
        match Self::parse(text)? {
            Self::Path(path) if path.references != References::IfKept => {
                let addition = Self::REFERENCES;
                Err(PatternError::new(format!("`{addition}` is only for what is included")))
            }
            pattern => Ok(pattern),
        }
    }
}

/// As it is written.
impl fmt::Display for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let any = |name: &Option<String>| name.clone().unwrap_or_else(|| "*".to_owned());
        match self {
            Self::Path(path) => path.fmt(formatter),
            Self::Name { namespace, name } => write!(formatter, "{namespace}.{}", any(name)),
            Self::Member { namespace, name, member } => {
                write!(formatter, "{namespace}.{}/{member}", any(name))
            }
        }
    }
}

/// As it is written, with `{…}` for a key.
impl fmt::Display for PathPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in &self.segments {
            let text = match segment {
                PatternSegment::Name(name) => name,
                PatternSegment::Key => "{…}",
                PatternSegment::Any => "*",
                PatternSegment::Rest => "**",
            };
            write!(formatter, "/{text}")?;
        }
        match self.references {
            References::Kept => write!(formatter, " {}", Pattern::REFERENCES),
            References::IfKept | References::Followed => Ok(()),
        }
    }
}

impl PathPattern {
    /// Reads a path pattern.
    ///
    /// # Errors
    /// If the text does not begin with `/`, has an empty segment, or has something else after it than
    /// `+references`.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let (path, addition) = match text.split_once(char::is_whitespace) {
            Some((path, addition)) => (path, addition.trim()),
            None => (text, ""),
        };
        let Some(rest) = path.strip_prefix('/') else {
            return Err(PatternError::new(format!("the path `{path}` does not begin with `/`")));
        };
        let segments = rest.split('/').map(|segment| segment_of(path, segment));
        let segments: Vec<PatternSegment> = segments.collect::<Result<_, _>>()?;
        let known = Pattern::REFERENCES;
        let references = match addition {
            "" => References::IfKept,
            _ if addition != known => {
                return Err(PatternError::new(format!(
                    "`{addition}` after a path means nothing; only `{known}` may be there"
                )));
            }
            _ if !segments.contains(&PatternSegment::Rest) => {
                return Err(PatternError::new(format!(
                    "`{known}` is about what `**` leaves out, and `{path}` has no `**`"
                )));
            }
            _ => References::Kept,
        };
        Ok(Self { segments, references })
    }

    /// Whether a path that has matched up to a position may end there.
    pub(super) fn ends(&self, position: usize) -> bool {
        self.segments[position..].iter().all(|segment| *segment == PatternSegment::Rest)
    }

    /// The positions after one more segment of a real path, if the pattern allows it.
    pub(super) fn after(&self, position: usize, label: Label<'_>) -> Vec<Matched> {
        let mut positions = Vec::new();
        let mut at = position;
        while let Some(segment) = self.segments.get(at) {
            if *segment == PatternSegment::Rest {
                positions.push(Matched { position: at, by_rest: true });
                at += 1;
                continue;
            }
            if segment.matches(label) {
                positions.push(Matched { position: at + 1, by_rest: false });
            }
            break;
        }
        positions
    }
}

impl PatternSegment {
    pub(super) fn matches(&self, label: Label<'_>) -> bool {
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
