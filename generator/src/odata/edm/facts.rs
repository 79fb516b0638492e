//! What annotations mean.
//!
//! Enters: annotations as they are written. Leaves: facts about the element that has them. Must not
//! know: which stage uses a fact, and how.
//!
//! A term is read here and nowhere else, so that the planner, URLs and comparisons agree on what it
//! means. Common deviations of real services are accepted: an enumeration member as a text, and
//! alternate keys under their first name.

use super::terms::{self, CAPABILITIES, VALIDATION};
use super::{Annotations, Expression, Model, Record, StructuredTypeId};

/// The subject of a term, for code that visits all annotations of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject<'t> {
    /// A description for people.
    Description,
    /// Whether the service sets the value.
    Computed,
    /// Whether the value cannot change after creation.
    Immutable,
    /// Whether a parameter may be left out.
    OptionalParameter,
    /// Whether the value may be read and written.
    Permissions,
    /// Further keys of an entity type.
    AlternateKeys,
    /// The history of the element: added, deprecated, removed.
    Revisions,
    /// The requests that the service supports: the name of the term in the Capabilities vocabulary.
    Capability(&'t str),
    /// Anything else.
    Other,
}

impl<'t> Subject<'t> {
    /// The subject of a term, by its qualified name.
    pub(crate) fn of(term: &'t str) -> Self {
        match term {
            terms::DESCRIPTION | terms::LONG_DESCRIPTION => Self::Description,
            terms::COMPUTED => Self::Computed,
            terms::IMMUTABLE => Self::Immutable,
            terms::OPTIONAL_PARAMETER => Self::OptionalParameter,
            terms::PERMISSIONS => Self::Permissions,
            terms::ALTERNATE_KEYS | terms::COMMUNITY_KEYS => Self::AlternateKeys,
            terms::REVISIONS => Self::Revisions,
            _ => term.strip_prefix(CAPABILITIES).map_or(Self::Other, Self::Capability),
        }
    }
}

/// The name of a term, or its present name if it was renamed.
pub(crate) fn current_name(term: &str) -> &str {
    if term == terms::COMMUNITY_KEYS { terms::ALTERNATE_KEYS } else { term }
}

/// A key that identifies entities besides the primary one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AlternateKey<'m> {
    /// The parts, at least one.
    pub(crate) parts: Vec<AlternateKeyPart<'m>>,
}

/// A property that is part of an alternate key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AlternateKeyPart<'m> {
    /// The path of the property.
    pub(crate) path: &'m str,
    /// Its name in key predicates: the alias, else the path.
    pub(crate) name: &'m str,
}

/// The deprecation of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Deprecation<'m> {
    /// The version since which it is deprecated.
    pub(crate) version: Option<&'m str>,
    /// The date on which the element is removed.
    pub(crate) removal_date: Option<&'m str>,
    /// A description for people.
    pub(crate) description: Option<&'m str>,
}

/// A kind of request that a service may refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Reads an entity or a collection.
    Read,
    /// Creates an entity.
    Insert,
    /// Changes an entity.
    Update,
    /// Deletes an entity.
    Delete,
}

impl Access {
    /// The term that restricts it, and the property of the term that forbids it.
    fn term(self) -> (&'static str, &'static str) {
        match self {
            Self::Read => ("ReadRestrictions", "Readable"),
            Self::Insert => ("InsertRestrictions", "Insertable"),
            Self::Update => ("UpdateRestrictions", "Updatable"),
            Self::Delete => ("DeleteRestrictions", "Deletable"),
        }
    }
}

/// An element whose annotations may restrict requests on entities.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Restricting<'m> {
    /// An entity set, a singleton, a navigation property, or a type.
    Element(&'m Annotations),
    /// A navigation property, as an entity set or a singleton refers to it.
    Navigation(&'m Record),
}

/// The restrictions of one kind of request on one element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Restriction<'m> {
    /// Whether the service refuses it.
    pub(crate) is_denied: bool,
    record: &'m Record,
}

impl<'m> Restriction<'m> {
    /// The scopes of which the request needs one.
    pub(crate) fn scopes(self) -> impl Iterator<Item = &'m str> {
        scopes(self.record)
    }
}

impl<'m> Restricting<'m> {
    /// The restrictions of a kind of request; `None` if there are none.
    pub(crate) fn restriction(self, access: Access) -> Option<Restriction<'m>> {
        let (term, flag) = access.term();
        let record = match self {
            Self::Element(annotations) => annotations.named(CAPABILITIES, term)?,
            Self::Navigation(record) => record.get(term)?,
        }
        .as_record()?;
        let is_denied = record.get(flag) == Some(&Expression::Bool(false));
        Some(Restriction { is_denied, record })
    }

    /// The path of the navigation property that is restricted.
    pub(crate) fn navigation_path(self) -> Option<&'m str> {
        match self {
            Self::Navigation(record) => path(record.get("NavigationProperty")?),
            Self::Element(_) => None,
        }
    }
}

impl Annotations {
    /// The description, and the long one.
    pub(crate) fn descriptions(&self) -> impl Iterator<Item = &str> {
        let terms = [terms::DESCRIPTION, terms::LONG_DESCRIPTION];
        terms.into_iter().filter_map(|term| self.text(term))
    }

    /// Whether the service sets the value.
    pub(crate) fn is_computed(&self) -> bool {
        self.is_true(terms::COMPUTED)
    }

    /// Whether the value cannot change after creation.
    pub(crate) fn is_immutable(&self) -> bool {
        self.is_true(terms::IMMUTABLE)
    }

    /// Whether the value can be read and not written.
    pub(crate) fn is_read_only(&self) -> bool {
        is_read_only(self.get(terms::PERMISSIONS))
    }

    /// Whether a call may leave the parameter out.
    pub(crate) fn is_optional_parameter(&self) -> bool {
        self.get(terms::OPTIONAL_PARAMETER).is_some()
    }

    /// Whether URLs may call operations of the namespace by their simple names.
    pub(crate) fn is_default_namespace(&self) -> bool {
        self.is_true(terms::DEFAULT_NAMESPACE)
    }

    /// Whether the value is a URL.
    pub(crate) fn is_url(&self) -> bool {
        self.is_true(terms::IS_URL)
    }

    /// The regular expression that values match.
    pub(crate) fn pattern(&self) -> Option<&str> {
        self.text(terms::PATTERN)
    }

    /// The least value.
    pub(crate) fn minimum(&self) -> Option<String> {
        number(self.named(VALIDATION, "Minimum")?)
    }

    /// The greatest value.
    pub(crate) fn maximum(&self) -> Option<String> {
        number(self.named(VALIDATION, "Maximum")?)
    }

    /// The names of the types that values may have.
    pub(crate) fn derived_types(&self) -> Option<Vec<&str>> {
        match self.get(terms::DERIVED_TYPES)? {
            Expression::Collection(types) => Some(types.iter().filter_map(text).collect()),
            _ => None,
        }
    }

    /// The alternate keys that the type itself has, under the present or the former name of the
    /// term.
    pub(crate) fn alternate_keys(&self) -> Vec<AlternateKey<'_>> {
        let mut keys = Vec::new();
        for term in [terms::ALTERNATE_KEYS, terms::COMMUNITY_KEYS] {
            let further = alternate_keys(self.get(term)).into_iter();
            let further: Vec<_> = further.filter(|key| !keys.contains(key)).collect();
            keys.extend(further);
        }
        keys
    }

    /// The deprecation, if the element is deprecated.
    pub(crate) fn deprecation(&self) -> Option<Deprecation<'_>> {
        deprecation(self.get(terms::REVISIONS))
    }

    /// Whether an annotation restricts requests here.
    pub(crate) fn has_capabilities(&self) -> bool {
        self.0.iter().any(|one| one.term.starts_with(CAPABILITIES))
    }

    /// Whether entities can be created here.
    pub(crate) fn is_insertable(&self) -> bool {
        let restriction = Restricting::Element(self).restriction(Access::Insert);
        restriction.is_none_or(|one| !one.is_denied)
    }

    /// The restrictions of a set or a singleton on the navigation properties below it.
    pub(crate) fn restricted_navigations(&self) -> Vec<Restricting<'_>> {
        let record = self.named(CAPABILITIES, "NavigationRestrictions");
        let record = record.and_then(Expression::as_record);
        let restricted = records(record.and_then(|record| record.get("RestrictedProperties")));
        restricted.into_iter().map(Restricting::Navigation).collect()
    }

    /// The scopes of which a call of the operation needs one.
    pub(crate) fn operation_scopes(&self) -> impl Iterator<Item = &str> {
        let record = self.named(CAPABILITIES, "OperationRestrictions");
        record.and_then(Expression::as_record).into_iter().flat_map(scopes)
    }

    /// The schemes by which requests can be authorized.
    pub(crate) fn authorizations(&self) -> Vec<&Record> {
        records(self.get(terms::AUTHORIZATIONS))
    }

    /// The schemes any of which is enough for every request.
    pub(crate) fn security_schemes(&self) -> Vec<&Record> {
        records(self.get(terms::SECURITY_SCHEMES))
    }

    /// The value of a term of a vocabulary, whose name ends with a dot.
    fn named(&self, vocabulary: &str, name: &str) -> Option<&Expression> {
        let is_asked = |term: &str| term.strip_prefix(vocabulary) == Some(name);
        self.0
            .iter()
            .find(|annotation| annotation.qualifier.is_none() && is_asked(&annotation.term))
            .map(|annotation| &annotation.value)
    }
}

impl Model {
    /// The namespaces that URLs may leave out: those that are annotated as default namespaces, and
    /// the configured ones.
    pub(crate) fn default_namespaces<'m>(&'m self, given: &'m [String]) -> Vec<&'m str> {
        let declared = self.schemas.iter().filter(|one| one.annotations.is_default_namespace());
        let declared = declared.map(|one| one.namespace.as_str());
        declared.chain(given.iter().map(String::as_str)).collect()
    }

    /// The alternate keys of an entity type, its own first and then those of its bases, each with the
    /// type that has it.
    pub(crate) fn alternate_keys(
        &self,
        id: StructuredTypeId,
    ) -> Vec<(StructuredTypeId, AlternateKey<'_>)> {
        let own = |base| {
            let keys = self.structured(base).annotations.alternate_keys().into_iter();
            keys.map(move |key| (base, key))
        };
        self.bases(id).into_iter().flat_map(own).collect()
    }
}

/// Whether a value of the term about permissions allows reading and nothing else.
pub(crate) fn is_read_only(value: Option<&Expression>) -> bool {
    value.is_some_and(|value| members(value) == ["Read"])
}

/// The alternate keys that a value of their term has; a key with a part that has no name is left
/// out.
pub(crate) fn alternate_keys(value: Option<&Expression>) -> Vec<AlternateKey<'_>> {
    records(value).into_iter().filter_map(alternate_key).collect()
}

fn alternate_key(record: &Record) -> Option<AlternateKey<'_>> {
    let parts = records(record.get("Key")).into_iter().map(|part| {
        let found = path(part.get("Name")?)?;
        let alias = part.get("Alias").and_then(path);
        Some(AlternateKeyPart { path: found, name: alias.unwrap_or(found) })
    });
    let parts = parts.collect::<Option<Vec<_>>>().filter(|parts| !parts.is_empty())?;
    Some(AlternateKey { parts })
}

/// The deprecation among the revisions that a value of their term has.
pub(crate) fn deprecation(value: Option<&Expression>) -> Option<Deprecation<'_>> {
    let is_deprecation = |revision: &&Record| {
        revision.get("Kind").is_some_and(|kind| members(kind).contains(&"Deprecated"))
    };
    let revision = records(value).into_iter().find(is_deprecation)?;
    Some(Deprecation {
        version: revision.get("Version").and_then(text),
        removal_date: match revision.get("RemovalDate") {
            Some(Expression::Date(date) | Expression::String(date)) => Some(date),
            _ => None,
        },
        description: revision.get("Description").and_then(text),
    })
}

/// Whether a term lists the types which values may have.
pub(super) fn is_about_derived_types(term: &str) -> bool {
    term == terms::DERIVED_TYPES
}

/// The scopes of the permissions of which a request needs one.
fn scopes(restriction: &Record) -> impl Iterator<Item = &str> {
    let permissions = records(restriction.get("Permissions")).into_iter();
    let scopes = permissions.flat_map(|permission| records(permission.get("Scopes")));
    scopes.filter_map(|scope| scope.get("Scope").and_then(text))
}

/// The simple names of the members of an enumeration. Services write them as a text as well.
fn members(value: &Expression) -> Vec<&str> {
    match value {
        Expression::EnumMember(members) => {
            members.iter().map(|one| one.rsplit('/').next().unwrap_or(one)).collect()
        }
        Expression::String(members) => members.split(',').map(str::trim).collect(),
        _ => Vec::new(),
    }
}

fn records(value: Option<&Expression>) -> Vec<&Record> {
    match value {
        Some(Expression::Collection(items)) => {
            items.iter().filter_map(Expression::as_record).collect()
        }
        _ => Vec::new(),
    }
}

fn text(value: &Expression) -> Option<&str> {
    match value {
        Expression::String(text) => Some(text),
        _ => None,
    }
}

/// A path, which may be written as a text.
fn path(value: &Expression) -> Option<&str> {
    match value {
        Expression::Path { path, .. } => Some(path),
        other => text(other),
    }
}

/// A number as the document spells it.
fn number(value: &Expression) -> Option<String> {
    match value {
        Expression::Int(value) => Some(value.to_string()),
        Expression::Decimal(text) | Expression::Float(text) => Some(text.clone()),
        _ => None,
    }
}
