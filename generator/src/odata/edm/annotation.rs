//! Annotations and their expressions.

use crate::input::source::Span;

/// The annotations of one element, in document order: inline ones first, then targeted ones.
///
/// A term may occur more than once (Graph does so); lookups take the first occurrence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations(pub Vec<Annotation>);

/// Annotations on what a path refers to: a property as reached from an entity set, or a member of a
/// complex property.
#[derive(Clone, Debug, PartialEq)]
pub struct PathAnnotations {
    /// The namespace of the schema that states them.
    pub namespace: String,
    /// The path, with namespaces for aliases: `Ns.Container`, `Set`, `address`, `city`.
    pub target: Vec<String>,
    /// The annotations.
    pub annotations: Annotations,
    /// Where the target is named.
    pub span: Span,
}

/// One annotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// The qualified name of the term, with its namespace even if the term is not declared in
    /// any input.
    pub term: String,
    /// The qualifier.
    pub qualifier: Option<String>,
    /// The value. A tagging annotation without a value has its term's default, or `true` if the
    /// term is unknown.
    pub value: Expression,
    /// Annotations on the annotation.
    pub annotations: Annotations,
    /// Where it is written.
    pub span: Span,
}

/// The value of an annotation (CSDL 4.01, section 14.3 and 14.4).
///
/// Constants keep the text of the document where parsing it could lose something.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // The names are those of the specification.
pub enum Expression {
    Binary(String),
    Bool(bool),
    Date(String),
    DateTimeOffset(String),
    Decimal(String),
    Duration(String),
    /// Qualified enumeration members, as `Namespace.Type/Member`, aliases replaced.
    EnumMember(Vec<String>),
    Float(String),
    Guid(String),
    Int(i64),
    String(String),
    TimeOfDay(String),
    /// A path of any of the kinds (value, annotation, navigation, property, model element, any).
    Path {
        kind: PathKind,
        path: String,
    },
    Null,
    Collection(Vec<Expression>),
    Record(Record),
    /// A function application; `function` is a qualified or canonical name.
    Apply {
        function: String,
        arguments: Vec<Expression>,
    },
    /// A unary or binary operator: `And`, `Or`, `Not`, `Eq`, …, `Neg`, `Add`, ….
    Operator {
        name: &'static str,
        operands: Vec<Expression>,
    },
    Cast {
        target: String,
        operand: Box<Expression>,
    },
    IsOf {
        target: String,
        operand: Box<Expression>,
    },
    If(Vec<Expression>),
    LabeledElement {
        name: String,
        value: Box<Expression>,
    },
    LabeledElementReference(String),
    UrlRef(Box<Expression>),
}

/// Which kind of path an expression is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // The names are those of the specification.
pub enum PathKind {
    Value,
    Annotation,
    AnyProperty,
    ModelElement,
    NavigationProperty,
    Property,
}

/// A record expression.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The qualified name of the record's type, where given.
    pub type_name: Option<String>,
    /// The property values, in document order.
    pub properties: Vec<PropertyValue>,
    /// Annotations on the record.
    pub annotations: Annotations,
}

/// One property of a [`Record`].
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyValue {
    /// The name of the property.
    pub property: String,
    /// The value.
    pub value: Expression,
    /// Annotations on the property value.
    pub annotations: Annotations,
}

impl PathKind {
    const NAMES: &[(&str, Self)] = &[
        ("Path", Self::Value),
        ("AnnotationPath", Self::Annotation),
        ("AnyPropertyPath", Self::AnyProperty),
        ("ModelElementPath", Self::ModelElement),
        ("NavigationPropertyPath", Self::NavigationProperty),
        ("PropertyPath", Self::Property),
    ];

    /// The kind with the name that expressions and types have.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }

    /// The name of expressions and types of this kind.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("Path", |(name, _)| name)
    }
}

impl Annotations {
    /// The value of the first annotation with this term and without qualifier.
    pub fn get(&self, term: &str) -> Option<&Expression> {
        self.0
            .iter()
            .find(|annotation| annotation.term == term && annotation.qualifier.is_none())
            .map(|annotation| &annotation.value)
    }

    /// The text of the first annotation with this term, if its value is a string.
    pub fn text(&self, term: &str) -> Option<&str> {
        match self.get(term)? {
            Expression::String(text) => Some(text),
            _ => None,
        }
    }

    /// Whether the first annotation with this term is `true`.
    pub fn is_true(&self, term: &str) -> bool {
        self.get(term) == Some(&Expression::Bool(true))
    }
}

impl Expression {
    /// The record, if this is one.
    pub fn as_record(&self) -> Option<&Record> {
        match self {
            Self::Record(record) => Some(record),
            _ => None,
        }
    }
}

impl Record {
    /// The value of a property.
    pub fn get(&self, property: &str) -> Option<&Expression> {
        self.properties.iter().find(|value| value.property == property).map(|value| &value.value)
    }
}
