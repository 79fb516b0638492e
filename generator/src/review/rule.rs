//! The rules: what each kind of change means on the wire and in Rust.
//!
//! The verdicts follow OData 4.01 Protocol, section 5.2 (model versioning), and Microsoft Graph's
//! versioning policy. They are the table's; what really changes in the generated crate is told by
//! the comparison of the plans.

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

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// The stable name.
    pub id: &'static str,
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

impl Rule {
    /// The rule with an id.
    pub fn named(id: &str) -> Option<&'static Self> {
        super::catalogue::RULES.iter().find(|rule| rule.id == id)
    }

    /// All rules, in the order of the catalogue.
    pub fn all() -> &'static [Self] {
        super::catalogue::RULES
    }
}
