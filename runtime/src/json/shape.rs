//! The wire names of a type.

use super::dialect::Dialect;

/// The wire names of a structured type and its members.
///
/// It is a constant of the function that returns it, with nothing to set up: a crate of a large schema has
/// thousands of them. The reader decides how a name is found among the members.
#[derive(Debug)]
#[non_exhaustive]
pub struct Shape {
    /// The qualified name of the type.
    pub name: &'static str,
    /// The names of the members, inherited ones first.
    pub members: &'static [&'static str],
    /// What its objects have besides the members.
    pub(crate) dialect: &'static Dialect,
    /// How many places there are after those of the members, before what the type does not declare.
    pub(crate) further: usize,
    /// What a type has whose values are read strictly; `None` for a type of OData.
    pub(crate) strict: Option<Strictness>,
}

/// What a type has whose values are read strictly.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Strictness {
    /// The members that must be there.
    pub(crate) required: &'static [u16],
    /// The names of further members, each with a place after those of the members.
    pub(crate) patterns: &'static [Names],
    /// Whether a place after those has all other members.
    pub(crate) has_others: bool,
    /// Whether values of other kinds are values of the type, too.
    pub(crate) is_open: bool,
    /// Whether it is an array, whose first items have places of their own.
    pub(crate) is_tuple: bool,
}

/// Which names members have that are not declared by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Names {
    /// All.
    Any,
    /// Those that begin with a text.
    Prefix(&'static str),
    /// Those that end with a text.
    Suffix(&'static str),
    /// Those that have a text in them.
    Containing(&'static str),
    /// One.
    Exactly(&'static str),
}

impl Names {
    /// Whether a name is one of them.
    pub(crate) fn has(self, name: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Prefix(text) => name.starts_with(text),
            Self::Suffix(text) => name.ends_with(text),
            Self::Containing(text) => name.contains(text),
            Self::Exactly(text) => name == text,
        }
    }
}

/// The names of the items of tuples, by which what is known about an item is found.
const ITEMS: &[&str] = &[
    "[0]", "[1]", "[2]", "[3]", "[4]", "[5]", "[6]", "[7]", "[8]", "[9]", "[10]", "[11]", "[12]",
    "[13]", "[14]", "[15]", "[16]", "[17]", "[18]", "[19]", "[20]", "[21]", "[22]", "[23]", "[24]",
    "[25]", "[26]", "[27]", "[28]", "[29]", "[30]", "[31]", "[32]", "[33]", "[34]", "[35]", "[36]",
    "[37]", "[38]", "[39]", "[40]", "[41]", "[42]", "[43]", "[44]", "[45]", "[46]", "[47]", "[48]",
    "[49]", "[50]", "[51]", "[52]", "[53]", "[54]", "[55]", "[56]", "[57]", "[58]", "[59]", "[60]",
    "[61]", "[62]", "[63]",
];

impl Shape {
    /// A type of plain JSON that is read as leniently as one of OData.
    #[must_use]
    pub const fn new(name: &'static str, members: &'static [&'static str]) -> Self {
        Self::in_dialect(name, members, &Dialect::PLAIN)
    }

    /// A type whose objects are in a dialect.
    pub(crate) const fn in_dialect(
        name: &'static str,
        members: &'static [&'static str],
        dialect: &'static Dialect,
    ) -> Self {
        Self { name, members, dialect, further: 0, strict: None }
    }

    /// A type whose objects are read strictly.
    #[must_use]
    pub const fn json(name: &'static str, members: &'static [&'static str]) -> Self {
        let strict = Strictness {
            required: &[],
            patterns: &[],
            has_others: false,
            is_open: false,
            is_tuple: false,
        };
        Self { strict: Some(strict), ..Self::new(name, members) }
    }

    /// A type whose values are arrays, and have so many items with places of their own, at most 64.
    #[must_use]
    pub const fn tuple(name: &'static str, items: usize) -> Self {
        let (names, _) = ITEMS.split_at(items);
        Self::json(name, names)
            .with(Strictness { is_tuple: true, ..Self::json("", &[]).strictly() })
    }

    /// The same type with members that must be there, by their indices.
    #[must_use]
    pub const fn with_required(self, required: &'static [u16]) -> Self {
        let strict = Strictness { required, ..self.strictly() };
        self.with(strict)
    }

    /// The same type with a place for the members of each pattern, after those of the declared members.
    #[must_use]
    pub const fn with_patterns(self, patterns: &'static [Names]) -> Self {
        let strict = Strictness { patterns, ..self.strictly() };
        self.with(strict)
    }

    /// The same type with a place for all other members; for a tuple, for all further items.
    #[must_use]
    pub const fn with_others(self) -> Self {
        let strict = Strictness { has_others: true, ..self.strictly() };
        self.with(strict)
    }

    /// The same type with values of other kinds.
    #[must_use]
    pub const fn with_open_kind(self) -> Self {
        let strict = Strictness { is_open: true, ..self.strictly() };
        self.with(strict)
    }

    const fn with(self, strict: Strictness) -> Self {
        let further = strict.patterns.len() + strict.has_others as usize;
        Self { strict: Some(strict), further, ..self }
    }

    /// How its values are read, if they are read strictly; else as if they were.
    pub(crate) const fn strictly(&self) -> Strictness {
        match self.strict {
            Some(strict) => strict,
            None => Strictness {
                required: &[],
                patterns: &[],
                has_others: false,
                is_open: false,
                is_tuple: false,
            },
        }
    }

    /// The name of the member at an index.
    pub(crate) fn member(&self, index: usize) -> &'static str {
        self.members.get(index).copied().unwrap_or_default()
    }

    /// The index of a member.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.members.iter().position(|member| *member == name)
    }

    /// The index of what the type does not declare.
    #[inline]
    pub(crate) fn end(&self) -> usize {
        self.members.len() + self.further
    }

    /// The index of the place for members that are not declared by name and have this one.
    pub(crate) fn further(&self, name: &str) -> Option<usize> {
        let strict = self.strict.as_ref()?;
        let pattern = strict.patterns.iter().position(|names| names.has(name));
        let others = strict.has_others.then_some(strict.patterns.len());
        pattern.or(others).map(|place| self.members.len() + place)
    }
}
