//! Shapes: which values there are, and of what.
//!
//! A shape never has fewer values than its schemas allow; [`Fidelity`] is where and why it has more.
//! Two uses of one schema have the same [`ShapeId`], and so has a schema that only refers to another,
//! describes it, or makes it nullable: a component that is an alias has the shape of what it refers to.

use super::enumeration::{Enumeration, Value};
use super::fidelity::Fidelity;
use super::kinds::Kinds;
use super::scalar::{Integer, Number, Text};
use crate::input::source::Span;
use crate::openapi::description::Location;
use crate::openapi::model::SchemaId;
use rustc_hash::FxHashSet;

/// The number of a shape in its [`Shapes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShapeId(u32);

/// The shapes of the schemas that are used.
#[derive(Clone, Debug, Default)]
pub struct Shapes {
    pub(super) shapes: Vec<Shape>,
    pub(super) uses: Vec<Option<Use>>,
    /// The defaults that are not values of the schemas that have them.
    pub(super) wrong_defaults: FxHashSet<Location>,
}

/// A shape where it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Use {
    /// The shape.
    pub shape: ShapeId,
    /// Whether null is valid, too. It is false for [`Form::Any`], which has null among its values.
    pub nullable: bool,
}

/// Which values there are.
#[derive(Clone, Debug)]
pub struct Shape {
    /// What kind of shape it is.
    pub form: Form,
    /// The schema that has this shape by itself; `None` if it is that of several schemas together.
    pub origin: Option<SchemaId>,
    /// The schemas that hold, those first that are closest to the use: where documentation is.
    pub schemas: Vec<SchemaId>,
    /// How exactly it has the values of the schemas.
    pub fidelity: Fidelity,
}

/// A kind of shape.
#[derive(Clone, Debug)]
pub enum Form {
    /// Any JSON.
    Any,
    /// No value is valid. What comes nevertheless is any JSON.
    Never,
    /// Only null.
    Null,
    /// True and false.
    Boolean,
    /// Numbers without a fraction, also if they are written with one (`1.0`).
    Integer(Integer),
    /// Numbers.
    Number(Number),
    /// Strings.
    Text(Text),
    /// One value, which is written without being set.
    Constant(Value),
    /// Listed scalars. A scalar of the same kinds that is not listed is kept as it came.
    Enumeration(Enumeration),
    /// An array of items of one shape.
    List(List),
    /// An array whose first items have shapes of their own.
    Tuple(Tuple),
    /// An object without declared members.
    Map(Map),
    /// An object with declared members.
    Object(Object),
    /// Values of several shapes.
    Union(Union),
}

/// An array of items of one shape.
#[derive(Clone, Debug)]
pub struct List {
    /// The items.
    pub item: Use,
    /// Whether all items are different: a set that keeps its order.
    pub unique: bool,
}

/// An array whose first items have shapes of their own.
#[derive(Clone, Debug)]
pub struct Tuple {
    /// The first items.
    pub items: Vec<Use>,
    /// How many of them are always there.
    pub required: usize,
    /// All further items.
    pub rest: Use,
    /// Whether further items are invalid. They are kept nevertheless.
    pub closed: bool,
}

/// The members of an object that are not declared by name.
#[derive(Clone, Debug)]
pub struct Map {
    /// Members by regular expressions for their names; the first one that matches counts.
    pub patterns: Vec<Pattern>,
    /// All other members.
    pub rest: Use,
    /// The schema of their names.
    pub names: Option<SchemaId>,
    /// Whether other members are invalid. They are kept nevertheless, as any JSON.
    pub closed: bool,
    /// Whether values that are not objects are valid, null included: they are kept as they came.
    pub open_kind: bool,
}

/// Members whose names match a regular expression.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The regular expression, of ECMA-262.
    pub pattern: String,
    /// Where it is.
    pub span: Span,
    /// The values.
    pub value: Use,
}

/// An object with declared members.
#[derive(Clone, Debug)]
pub struct Object {
    /// The declared members, those of a base first.
    pub members: Vec<Member>,
    /// All others.
    pub rest: Map,
    /// The objects that are derived from this one, if the value of a member tells which one it is.
    pub derivation: Option<Box<Derivation>>,
}

/// A declared member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name.
    pub name: String,
    /// Where it is declared, or required if it is not declared.
    pub span: Span,
    /// The schemas that its value has to fit, as they are written in the object.
    pub schemas: Vec<SchemaId>,
    /// The value.
    pub value: Use,
    /// Whether it is always there.
    pub required: bool,
    /// Whether it is never sent.
    pub read_only: bool,
    /// Whether it is never answered.
    pub write_only: bool,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// What its absence means, if that is a value of its shape.
    pub default: Option<Location>,
}

/// How the objects that are derived from a base are told apart.
#[derive(Clone, Debug)]
pub struct Derivation {
    /// The name of the member whose value tells.
    pub tag: String,
    /// Where that is specified.
    pub span: Span,
    /// The values for the base itself.
    pub own: Vec<String>,
    /// All that are derived from it, also from each other, in the order of the document.
    pub derived: Vec<Derived>,
    /// The one for a value that is absent or unknown; else it is the base.
    pub default: Option<usize>,
}

/// An object that is derived from a base.
#[derive(Clone, Debug)]
pub struct Derived {
    /// The component.
    pub schema: SchemaId,
    /// Its shape.
    pub shape: ShapeId,
    /// The values that tell it. The one that came is the one that is written.
    pub values: Vec<String>,
    /// From which other one of the list it is derived; `None` if directly from the base.
    pub parent: Option<usize>,
}

/// Values of several shapes. A value that no branch takes is kept as any JSON.
#[derive(Clone, Debug)]
pub struct Union {
    /// The shapes, in order.
    pub branches: Vec<Branch>,
    /// How they are told apart.
    pub dispatch: Dispatch,
    /// Whether a value that no branch takes is valid.
    pub open: bool,
}

/// One shape of a union.
#[derive(Clone, Debug)]
pub struct Branch {
    /// The shape. Null is valid for the union and not for a branch.
    pub shape: ShapeId,
    /// The schemas of the choice that lead to it.
    pub schemas: Vec<SchemaId>,
}

/// How the branches of a union are told apart.
///
/// First the JSON kind decides. What is written here is how the branches of one kind are told; if the branch
/// that is found cannot hold the value, it is kept as any JSON, except where other branches remain to be tried.
#[derive(Clone, Debug, PartialEq)]
pub enum Dispatch {
    /// There is one branch for each JSON kind.
    Kind,
    /// The value of a member of the object.
    Tag(Tag),
    /// The required members: the first entry all of whose members are there is the branch, if it can hold
    /// the value; else the next one is tried.
    Members(Vec<Known>),
    /// The first branch that can hold the value without a member that the branch does not declare; else the
    /// first one that can hold it.
    FirstFit {
        /// Why there is nothing better.
        why: String,
    },
}

/// The values of a member that tell branches apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// The name of the member.
    pub member: String,
    /// The values, each with the branch that it tells. A branch may have several; the one that came is the
    /// one that is written.
    pub values: Vec<(super::enumeration::Literal, usize)>,
    /// The branch for a value that is absent or unknown.
    pub default: Option<usize>,
    /// Whether the member may be absent. Then it is the first branch that can hold the value.
    pub is_optional: bool,
    /// Where a discriminator specifies that; `None` if the constants of the branches do.
    pub span: Option<Span>,
}

/// The members by which a branch is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The branch.
    pub branch: usize,
    /// Its required members.
    pub members: Vec<String>,
}

impl ShapeId {
    /// The shape that is made first.
    pub(super) const FIRST: Self = Self(0);

    pub(super) fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

impl Shapes {
    /// A shape.
    ///
    /// # Panics
    /// If the number belongs to other shapes.
    pub fn shape(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.index()]
    }

    /// The shape of a schema, if the schema is used.
    pub fn of(&self, schema: SchemaId) -> Option<Use> {
        self.uses.get(schema.index()).copied().flatten()
    }

    /// The shape of any JSON.
    pub fn any(&self) -> ShapeId {
        ShapeId::FIRST
    }

    /// The kinds of JSON that a shape has.
    pub fn kinds(&self, id: ShapeId) -> Kinds {
        super::dispatch::kinds(&self.shapes, id, 0)
    }

    /// Whether a default is a value of the schema that has it. One that is not is as good as absent.
    pub fn is_default(&self, default: Location) -> bool {
        !self.wrong_defaults.contains(&default)
    }

    /// All shapes.
    pub fn iter(&self) -> impl Iterator<Item = (ShapeId, &Shape)> {
        self.shapes.iter().enumerate().map(|(at, shape)| (ShapeId::new(at), shape))
    }
}

impl Form {
    /// The members and the items that are there in each value, and never null.
    pub fn needed(&self) -> impl Iterator<Item = Use> {
        let (members, items): (&[Member], &[Use]) = match self {
            Self::Object(object) => (&object.members, &[]),
            Self::Tuple(tuple) => (&[], tuple.items.get(..tuple.required).unwrap_or_default()),
            _ => (&[], &[]),
        };
        let members = members.iter().filter(|one| one.required).map(|one| one.value);
        members.chain(items.iter().copied()).filter(|one| !one.nullable)
    }
}

impl Object {
    /// A declared member.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|one| one.name == name)
    }
}
