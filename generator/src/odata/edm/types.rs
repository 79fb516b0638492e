//! Entity types, complex types, enumerations, type definitions and terms.

use super::{
    Annotations, EnumTypeId, PathKind, Primitive, QualifiedName, StructuredTypeId,
    TypeDefinitionId, TypeId,
};
use crate::input::source::Span;

/// Whether a structured type has identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StructuredKind {
    /// An entity type (CSDL 4.01, section 6).
    Entity,
    /// A complex type (CSDL 4.01, section 9).
    Complex,
}

/// An entity type or a complex type. Members are the type's own; inherited ones are found by
/// walking [`base`](Self::base).
#[derive(Clone, Debug)]
pub struct StructuredType {
    /// The qualified name.
    pub name: QualifiedName,
    /// The later versions that are one with it, the latest one last; see
    /// [`with_merged_versions`](super::Model::with_merged_versions).
    pub versions: Vec<QualifiedName>,
    /// Entity or complex.
    pub kind: StructuredKind,
    /// The base type.
    pub base: Option<StructuredTypeId>,
    /// Whether no instance has exactly this type.
    pub is_abstract: bool,
    /// Whether instances may have dynamic properties, inherited openness included.
    pub is_open: bool,
    /// Whether this is a media entity, inherited included.
    pub has_stream: bool,
    /// The type's own key; the effective one may come from a base.
    pub key: Option<Key>,
    /// Own structural properties, in document order.
    pub properties: Vec<Property>,
    /// Own navigation properties, in document order.
    pub navigation_properties: Vec<NavigationProperty>,
    /// Annotations, inline and targeted ones together.
    pub annotations: Annotations,
    /// Where the type is declared (its name).
    pub span: Span,
}

/// The key of an entity type.
#[derive(Clone, Debug)]
pub struct Key {
    /// The properties that make the key, in order.
    pub properties: Vec<KeyProperty>,
    /// Where it is declared.
    pub span: Span,
}

/// A property that is part of a key.
#[derive(Clone, Debug)]
pub struct KeyProperty {
    /// The path of the property from the entity, one element unless it goes through a complex
    /// property or a navigation property.
    pub path: Vec<String>,
    /// Its name in key predicates: the alias, else the last element of the path.
    pub name: String,
    /// Whether the name is an alias.
    pub has_alias: bool,
    /// The primitive, enumeration or definition type of the property the path refers to.
    pub value: TypeRef,
    /// Where it is declared.
    pub span: Span,
}

/// A structural property.
#[derive(Clone, Debug)]
pub struct Property {
    /// The name.
    pub name: String,
    /// The type.
    pub value: TypeRef,
    /// The default value as the document spells it.
    pub default: Option<String>,
    /// Annotations, inline and targeted ones together.
    pub annotations: Annotations,
    /// Where it is declared (its name).
    pub span: Span,
}

/// A navigation property.
#[derive(Clone, Debug)]
pub struct NavigationProperty {
    /// The name.
    pub name: String,
    /// The entity type it refers to; `None` is the abstract `Edm.EntityType`.
    pub target: Option<StructuredTypeId>,
    /// Whether it refers to a collection.
    pub collection: bool,
    /// The `Nullable` attribute, where given.
    pub nullable: Option<bool>,
    /// Whether the targets live inside this entity.
    pub contains_target: bool,
    /// The path of the partner property on the target.
    pub partner: Option<Vec<String>>,
    /// Pairs of dependent and principal property.
    pub constraints: Vec<ReferentialConstraint>,
    /// What happens to the dependents on delete.
    pub on_delete: Option<OnDelete>,
    /// Annotations, inline and targeted ones together.
    pub annotations: Annotations,
    /// Where it is declared (its name).
    pub span: Span,
}

/// A pair of a dependent and a principal property.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferentialConstraint {
    /// The path on the declaring type.
    pub property: Vec<String>,
    /// The path on the target type.
    pub referenced_property: Vec<String>,
    /// Annotations on the constraint.
    pub annotations: Annotations,
    /// Where it is declared.
    pub span: Span,
}

/// What happens to the dependents on delete (CSDL 4.01, section 8.6).
#[derive(Clone, Debug, PartialEq)]
pub struct OnDelete {
    /// The action.
    pub action: OnDeleteAction,
    /// Annotations on it.
    pub annotations: Annotations,
    /// Where it is declared.
    pub span: Span,
}

/// The action on delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The names are those of the specification.
pub enum OnDeleteAction {
    Cascade,
    None,
    SetNull,
    SetDefault,
}

/// A use of a type: the type, whether it is a collection, nullability, and facets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeRef {
    /// The type of the value, or of the items of the collection.
    pub item: ItemType,
    /// Whether this is a collection.
    pub collection: bool,
    /// The `Nullable` attribute, where given. On a collection it refers to the items.
    pub nullable: Option<bool>,
    /// The facets.
    pub facets: Facets,
}

impl TypeRef {
    /// Whether null is a value: a single value may be null unless the schema forbids it, and a
    /// collection is never null.
    pub fn allows_null(&self) -> bool {
        !self.collection && !self.denies_null()
    }

    /// Whether the value is a single one that is never null.
    pub fn is_never_null(&self) -> bool {
        !self.collection && self.denies_null()
    }

    /// Whether items of the collection may be null. Unlike for a single value, the schema has to
    /// allow it: services often do not specify it for collections that never contain null.
    pub fn allows_null_items(&self) -> bool {
        self.collection && self.nullable == Some(true)
    }

    /// Whether the schema forbids null, for the value or for the items of the collection.
    pub fn denies_null(&self) -> bool {
        self.nullable == Some(false)
    }
}

impl NavigationProperty {
    /// Whether it always refers to exactly one entity.
    pub fn is_never_null(&self) -> bool {
        !self.collection && self.denies_null()
    }

    /// Whether the schema forbids null.
    pub fn denies_null(&self) -> bool {
        self.nullable == Some(false)
    }
}

/// What kind of value a [`TypeRef`] means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemType {
    /// A primitive type.
    Primitive(Primitive),
    /// An entity type or a complex type.
    Structured(StructuredTypeId),
    /// An enumeration type.
    Enum(EnumTypeId),
    /// A type definition.
    Definition(TypeDefinitionId),
    /// `Edm.Untyped`.
    Untyped,
    /// `Edm.PrimitiveType`: any primitive value.
    AnyPrimitive,
    /// `Edm.ComplexType`: any complex value.
    AnyComplex,
    /// `Edm.EntityType`: any entity.
    AnyEntity,
    /// One of the path types, such as `Edm.PropertyPath`; only terms use them.
    Path(PathKind),
}

impl ItemType {
    /// The type that the schema declares, if it is one.
    pub fn declared(self) -> Option<TypeId> {
        match self {
            Self::Structured(id) => Some(TypeId::Structured(id)),
            Self::Enum(id) => Some(TypeId::Enum(id)),
            Self::Definition(id) => Some(TypeId::Definition(id)),
            _ => None,
        }
    }
}

/// Facets of a type (CSDL 4.01, section 3.4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// The greatest length; `max` and an absent facet are both `None`.
    pub max_length: Option<u64>,
    /// The precision.
    pub precision: Option<u32>,
    /// The scale.
    pub scale: Option<Scale>,
    /// Whether strings may hold characters outside ASCII.
    pub unicode: Option<bool>,
    /// The spatial reference system.
    pub srid: Option<Srid>,
    /// The facets that the document spells differently from [`texts`](Self::texts), by name.
    pub spelled: Vec<(&'static str, String)>,
}

impl Facets {
    /// The names of the facets and the usual text of those that are given.
    pub fn texts(&self) -> [(&'static str, Option<String>); 5] {
        let scale = self.scale.map(|scale| match scale {
            Scale::Digits(digits) => digits.to_string(),
            Scale::Variable => "variable".to_owned(),
            Scale::Floating => "floating".to_owned(),
        });
        let srid = self.srid.map(|srid| match srid {
            Srid::Code(code) => code.to_string(),
            Srid::Variable => "variable".to_owned(),
        });
        [
            ("MaxLength", self.max_length.map(|length| length.to_string())),
            ("Precision", self.precision.map(|precision| precision.to_string())),
            ("Scale", scale),
            ("Unicode", self.unicode.map(|unicode| unicode.to_string())),
            ("SRID", srid),
        ]
    }

    /// The facets as the document spells them.
    pub fn spelling(&self) -> Vec<(&'static str, String)> {
        let one = |(name, usual): (&'static str, Option<String>)| {
            let other = self.spelled.iter().find(|(spelled, _)| *spelled == name);
            Some((name, other.map(|(_, text)| text.clone()).or(usual)?))
        };
        self.texts().into_iter().filter_map(one).collect()
    }

    /// Whether two uses of a type have the same facets, however they are spelled.
    pub fn means_the_same(&self, other: &Self) -> bool {
        let meaning = |facets: &Self| {
            (facets.max_length, facets.precision, facets.scale, facets.unicode, facets.srid)
        };
        meaning(self) == meaning(other)
    }
}

/// The scale of a decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// At most this many digits right of the point.
    Digits(u32),
    /// Any number of digits up to the precision.
    Variable,
    /// A decimal floating-point value.
    Floating,
}

/// A spatial reference system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Srid {
    /// A number of the EPSG registry.
    Code(u32),
    /// Each value specifies its own.
    Variable,
}

/// An enumeration type.
#[derive(Clone, Debug)]
pub struct EnumType {
    /// The qualified name.
    pub name: QualifiedName,
    /// The underlying integer type.
    pub underlying: Primitive,
    /// Whether values are sets of members.
    pub is_flags: bool,
    /// The members, in document order, each with its value (implicit ones computed).
    pub members: Vec<EnumMember>,
    /// Annotations, inline and targeted ones together.
    pub annotations: Annotations,
    /// Where it is declared (its name).
    pub span: Span,
}

/// A member of an enumeration type.
#[derive(Clone, Debug)]
pub struct EnumMember {
    /// The name.
    pub name: String,
    /// The value.
    pub value: i64,
    /// Annotations, inline and targeted ones together.
    pub annotations: Annotations,
    /// Where it is declared (its name).
    pub span: Span,
}

/// A type definition: a primitive type under another name.
#[derive(Clone, Debug)]
pub struct TypeDefinition {
    /// The qualified name.
    pub name: QualifiedName,
    /// The primitive type.
    pub underlying: Primitive,
    /// The facets.
    pub facets: Facets,
    /// Annotations, inline and targeted ones together.
    pub annotations: Annotations,
    /// Where it is declared (its name).
    pub span: Span,
}

/// A term: what an annotation of that name means.
#[derive(Clone, Debug)]
pub struct Term {
    /// The qualified name.
    pub name: QualifiedName,
    /// The type of its values.
    pub value: TypeRef,
    /// The qualified name of the term it specialises.
    pub base: Option<QualifiedName>,
    /// The default value as the document spells it.
    pub default: Option<String>,
    /// The kinds of element it may be applied to; empty for all.
    pub applies_to: Vec<String>,
    /// Annotations on the term itself.
    pub annotations: Annotations,
    /// Where it is declared (its name).
    pub span: Span,
}
