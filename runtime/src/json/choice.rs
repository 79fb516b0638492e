//! How the branches of a union are told apart, as constants of generated crates.
//!
//! Enters: nothing. Leaves: the kinds of JSON values that the branches take, and what decides between them.
//! Must not know: how a branch is read.

/// How the branches of a union are told apart. First the kind of the JSON value decides, and then what is in
/// [`By`] among the branches that take this kind.
#[derive(Debug)]
pub struct Choice {
    pub(crate) kinds: &'static [Kinds],
    pub(crate) by: By,
    /// Whether a value that no branch takes is as valid as any.
    pub(crate) is_open: bool,
}

impl Choice {
    /// The kinds that each branch takes, and how branches of one kind are told apart.
    #[must_use]
    pub const fn new(kinds: &'static [Kinds], by: By) -> Self {
        Self { kinds, by, is_open: false }
    }

    /// The same branches, beside which any other value is valid, null included.
    #[must_use]
    pub const fn with_any_other(self) -> Self {
        Self { is_open: true, ..self }
    }

    /// The branches that take a kind.
    pub(crate) fn taking(&self, kind: Kinds) -> impl Iterator<Item = usize> + Clone {
        let kinds = self.kinds.iter().enumerate();
        kinds.filter(move |(_, kinds)| kinds.has(kind)).map(|(branch, _)| branch)
    }
}

/// What tells branches of one kind apart.
#[derive(Debug)]
#[non_exhaustive]
pub enum By {
    /// There is one branch for each kind.
    Kind,
    /// The value of a member of the object.
    Tag {
        /// The name of the member.
        member: &'static str,
        /// Its values, each with the branch that it tells.
        values: &'static [(Literal, usize)],
        /// The branch for a value that is absent or unknown.
        default: Option<usize>,
    },
    /// The value of a member of the object, if it is there and not null; else as in [`By::FirstFit`].
    TagIfPresent {
        /// The name of the member.
        member: &'static str,
        /// Its values, each with the branch that it tells.
        values: &'static [(Literal, usize)],
    },
    /// The members of the object: of the entries all of whose members are there, the first one whose branch
    /// has no member that is not of its type; else the first one whose branch can be read.
    Members(&'static [(usize, &'static [&'static str])]),
    /// The first branch that holds the value without a member that it does not declare or that is not of its
    /// type; else the first one whose members are of their types; else the first one that can be read.
    FirstFit,
}

impl By {
    /// The value of a member of the object: its name, its values, each with the branch that it tells, and the
    /// branch for a value that is absent or unknown.
    #[must_use]
    pub const fn tag(
        member: &'static str,
        values: &'static [(Literal, usize)],
        default: Option<usize>,
    ) -> Self {
        Self::Tag { member, values, default }
    }

    /// The value of a member that may be absent: its name, and its values, each with the branch that it tells.
    #[must_use]
    pub const fn tag_if_present(member: &'static str, values: &'static [(Literal, usize)]) -> Self {
        Self::TagIfPresent { member, values }
    }
}

/// A scalar that tells a branch.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Literal {
    /// A string.
    Text(&'static str),
    /// A number, in any notation.
    Number(&'static str),
    /// A boolean.
    Boolean(bool),
}

/// A set of kinds of JSON values. Numbers are two kinds, so that every integer is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// Null.
    pub const NULL: Self = Self(1);
    /// True and false.
    pub const BOOLEAN: Self = Self(2);
    /// Numbers without a fraction, also if they are written with one: `1.0`.
    pub const INTEGER: Self = Self(4);
    /// All other numbers.
    pub const FRACTION: Self = Self(8);
    /// Numbers of both kinds.
    pub const NUMBER: Self = Self::INTEGER.or(Self::FRACTION);
    /// Strings.
    pub const STRING: Self = Self(16);
    /// Arrays.
    pub const ARRAY: Self = Self(32);
    /// Objects.
    pub const OBJECT: Self = Self(64);
    /// Every kind, null included.
    pub const ANY: Self = Self(127);

    /// The kinds of both sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a kind is among them.
    pub(crate) fn has(self, kind: Self) -> bool {
        self.0 & kind.0 == kind.0
    }
}
