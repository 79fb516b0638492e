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
    /// It may break: the document does not specify enough to decide, or only some clients break.
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

/// The severity of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It breaks clients that followed the old schema.
    Error,
    /// The document does not hold enough to decide.
    Warning,
    /// It is good to know.
    Info,
    /// It changes nothing that a client sees.
    Note,
}

/// The verdict of a policy on a kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Policy {
    /// The policy allows it at any time.
    Safe,
    /// The policy names it as breaking.
    Breaking,
    /// The policy does not mention it.
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
    /// The underlying primitive type of a type definition.
    UnderlyingType,
    /// That a type is abstract.
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
    /// The verdict of OData 4.01 Protocol, section 5.2.
    pub odata: Policy,
    /// The verdict of Microsoft Graph's policy.
    pub graph: Policy,
    /// What it does to reading responses.
    pub read: Effect,
    /// What it does to requests.
    pub write: Effect,
    /// What it normally does to the generated crate.
    pub rust: Bump,
    /// The severity.
    pub severity: Severity,
    /// The rules of the opposite change; empty if there is none.
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

    /// The rule with an id that is known to exist, only for [`rule!`].
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

/// Whether two texts are equal, in a constant expression.
const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}
