//! The rules: what each kind of change means on the wire and in Rust.
//!
//! The verdicts follow OData 4.01 Protocol, section 5.2 (model versioning), and Microsoft Graph's
//! versioning policy. They come from the table; what really changes in the generated crate comes from
//! the comparison of the plans. What a rule is about is a column: no code looks for it in an id.

use serde::Serialize;

/// What a change does to a client that was made for the old schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Nothing.
    Ok,
    /// Something that the document does not tell enough about, or that breaks some clients.
    Risk,
    /// It breaks.
    Break,
}

/// What a change does to the version of the generated crate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// The crate stays as it is.
    #[default]
    None,
    /// Only documentation changes.
    Patch,
    /// There is something new, or something is deprecated.
    Minor,
    /// Code that uses the crate may no longer compile.
    Major,
}

/// How much attention a change asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It breaks who followed the old schema.
    Error,
    /// The document does not hold enough to decide.
    Warning,
    /// It is good to know.
    Info,
    /// It changes nothing that a client sees.
    Note,
}

/// What a policy says of a kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Policy {
    /// It may be made at any time.
    Safe,
    /// It is named as breaking.
    Breaking,
    /// It is not named.
    Silent,
}

/// The thing that a rule is about: an element of a schema, or a part or a quality of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A schema or namespace.
    Schema,
    /// A named type.
    Type,
    /// The base of a type.
    BaseType,
    /// The primitive type to which a named type gives another name.
    UnderlyingType,
    /// That a type has no objects of its own.
    Abstract,
    /// That a type may have members that the schema does not name.
    OpenType,
    /// That an entity is a stream of bytes as well.
    Stream,
    /// The key of a type.
    Key,
    /// A further key of a type.
    AlternateKey,
    /// A term for annotations.
    Term,
    /// A structural property.
    Property,
    /// A navigation property.
    Navigation,
    /// The type of a value: of a property, a parameter, a result, or what a path refers to.
    ValueType,
    /// Whether a value is one or many.
    Cardinality,
    /// Whether null is among the values.
    Nullability,
    /// A limit of the values, such as the greatest length.
    Facet,
    /// The value of what is left out.
    Default,
    /// The order of members or parameters.
    Order,
    /// Whether related entities belong to the one that refers to them.
    Containment,
    /// The opposite of a navigation property.
    Partner,
    /// The properties that a navigation property ties together.
    Constraint,
    /// What happens to related entities on delete.
    OnDelete,
    /// A member of an enumeration.
    EnumMember,
    /// The member that is sent in place of members that a client does not know.
    EnumSentinel,
    /// Whether values of an enumeration are sets.
    Flags,
    /// The container of the service root.
    Container,
    /// An entity set.
    EntitySet,
    /// A singleton.
    Singleton,
    /// An operation at the service root.
    Import,
    /// Where related entities are found.
    Binding,
    /// An action or a function, or an overload of one.
    Operation,
    /// A parameter.
    Parameter,
    /// Whether a parameter may be left out.
    Optional,
    /// The result of an operation.
    Result,
    /// Whether paths go on after a function.
    Composable,
    /// The announcement that an element is to go.
    Deprecation,
    /// That only the service sets a value.
    Computed,
    /// That a value is set on creation only.
    Immutable,
    /// What the service supports.
    Capability,
    /// The scopes that requests need.
    Permissions,
    /// A description.
    Description,
    /// Any other annotation.
    Annotation,
    /// An item of the generated crate that no change of the schema explains.
    RustItem,
}

/// What happens to the subject of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another name.
    Renamed,
    /// Its name is written in another letter case.
    Recased,
    /// It comes from a base now.
    MovedToBase,
    /// Only derived types still have it.
    MovedToDerived,
    /// A type declares it that inherited it before.
    Declared,
    /// It is at another place or at another time.
    Moved,
    /// It came between two others.
    Inserted,
    /// It holds only some of what it held.
    Narrowed,
    /// It holds more than it did.
    Widened,
    /// It is stricter.
    Tightened,
    /// It is less strict.
    Relaxed,
    /// It is written in another way.
    Respelled,
    /// It holds now.
    Set,
    /// It no longer holds.
    Unset,
    /// A relation has it now.
    Gained,
    /// A relation no longer has it.
    Lost,
    /// It is another one.
    Changed,
}

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// The stable name.
    pub id: &'static str,
    /// What changes.
    pub subject: Subject,
    /// What happens to it.
    pub event: Event,
    /// What OData 4.01 Protocol, section 5.2, says.
    pub odata: Policy,
    /// What Microsoft Graph's policy says.
    pub graph: Policy,
    /// What it does to reading responses.
    pub read: Effect,
    /// What it does to requests.
    pub write: Effect,
    /// What it normally does to the generated crate.
    pub rust: Bump,
    /// How much attention it asks for.
    pub severity: Severity,
    /// The rules of the opposite change; none for what has no opposite.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub mirrors: &'static [&'static str],
    /// What it means for a client.
    pub consequence: &'static str,
}

/// The rule with an id, as a constant: an id that is not in the catalogue is an error of the compiler.
macro_rules! rule {
    ($id:literal) => {
        const { $crate::review::rule::Rule::known($id) }
    };
}
pub(crate) use rule;

impl Rule {
    /// The rule with an id.
    pub fn named(id: &str) -> Option<&'static Self> {
        super::catalogue::RULES.iter().find(|rule| rule.id == id)
    }

    /// All rules, in the order of the catalogue.
    pub fn all() -> &'static [Self] {
        super::catalogue::RULES
    }

    /// Whether something that clients use is gone, so that it should have been announced.
    pub(crate) fn is_loss(&self) -> bool {
        let is_gone = matches!(
            self.event,
            Event::Removed | Event::Renamed | Event::Recased | Event::MovedToDerived
        );
        is_gone && self.severity == Severity::Error && self.subject != Subject::RustItem
    }

    /// The rule with an id that is known to exist, for [`rule!`] alone.
    pub(crate) const fn known(id: &str) -> &'static Self {
        let rules = super::catalogue::RULES;
        let mut at = 0;
        while at < rules.len() {
            if is_same(rules[at].id.as_bytes(), id.as_bytes()) {
                return &rules[at];
            }
            at += 1;
        }
        panic!("the catalogue has no rule with this id")
    }
}

/// Whether two texts are the same, where the compiler asks.
const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}
