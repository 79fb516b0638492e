//! Which Rust type a use of a schema type has.

use super::table::Table;
use crate::crate_plan::{Foreign, Type};
use crate::odata::edm::{
    EnumTypeId, ItemType, Model, NavigationProperty, Primitive, StructuredTypeId, TypeId, TypeRef,
};

/// The type of a property's value, without the `Option` around it. `owner` and `name` decide
/// whether the value has to be boxed there.
pub(super) fn property(
    table: &Table<'_>,
    owner: StructuredTypeId,
    name: &str,
    value: &TypeRef,
) -> Type {
    let is_single = !value.collection;
    member(table, owner, name, is_single, self::value(table, value))
}

/// The type of an expanded navigation property, without the `Option` around it.
pub(super) fn navigation(
    table: &Table<'_>,
    owner: StructuredTypeId,
    navigation: &NavigationProperty,
) -> Type {
    let is_single = !navigation.collection;
    member(table, owner, &navigation.name, is_single, targets(table, navigation))
}

/// The type of what a navigation property refers to.
pub(super) fn targets(table: &Table<'_>, navigation: &NavigationProperty) -> Type {
    let untyped = Type::Foreign(Foreign::Untyped);
    let item = navigation.target.map_or(untyped, |target| entity(table, target));
    collected(item, navigation.collection, false)
}

/// The type of a value whose declared type is a structured type. The value may be of a derived one.
pub(super) fn entity(table: &Table<'_>, id: StructuredTypeId) -> Type {
    if table.declares_nothing(id) {
        return Type::Foreign(Foreign::Untyped);
    }
    Type::Generated(table.item(TypeId::Structured(id), &table.structured(id).name))
}

/// The type of a property's values as queries see them.
pub(super) fn queried(table: &Table<'_>, value: &TypeRef) -> Type {
    match value.item {
        ItemType::Primitive(Primitive::Stream) => Type::Foreign(Foreign::Stream),
        item if value.collection => Type::Vec(Box::new(self::item(table, item))),
        item => self::item(table, item),
    }
}

/// The type of a value that is not a member of an object.
pub(super) fn value(table: &Table<'_>, value: &TypeRef) -> Type {
    collected(item(table, value.item), value.collection, value.allows_null_items())
}

/// A value, or a collection of values that may be null.
fn collected(item: Type, collection: bool, nullable_items: bool) -> Type {
    match (collection, nullable_items) {
        (false, _) => item,
        (true, false) => item.many(),
        (true, true) => item.optional().many(),
    }
}

/// The type of a single value.
pub(super) fn item(table: &Table<'_>, item: ItemType) -> Type {
    let enumeration = |id| {
        let id = TypeId::Enum(id);
        Some(Type::Generated(table.item(id, &table.place(id).name)))
    };
    match item {
        ItemType::Structured(id) => entity(table, id),
        ItemType::Path(_) => Type::Foreign(Foreign::String),
        item => scalar(table.model, item, enumeration).unwrap_or(Type::Foreign(Foreign::Untyped)),
    }
}

/// The type of a single value of a primitive type, a type definition or an enumeration, for which
/// its exact type is needed.
pub(crate) fn scalar(
    model: &Model,
    item: ItemType,
    enumeration: impl FnOnce(EnumTypeId) -> Option<Type>,
) -> Option<Type> {
    match item {
        ItemType::Primitive(primitive) => Some(Type::Foreign(foreign(primitive))),
        ItemType::Definition(id) => Some(Type::Foreign(foreign(model.definition(id).underlying))),
        ItemType::Enum(id) => {
            let value = enumeration(id)?;
            let is_flags = model.enum_type(id).is_flags;
            Some(if is_flags { Type::Flags(Box::new(value)) } else { value })
        }
        _ => None,
    }
}

/// The type of a member, whose value is in a box if the type of the member would contain itself.
fn member(
    table: &Table<'_>,
    owner: StructuredTypeId,
    name: &str,
    is_single: bool,
    value: Type,
) -> Type {
    let is_boxed = is_single && table.boxed.contains(&(owner, name.to_owned()));
    if is_boxed { value.boxed() } else { value }
}

/// The Rust type of a primitive type.
fn foreign(primitive: Primitive) -> Foreign {
    match primitive {
        Primitive::Binary => Foreign::Binary,
        Primitive::Boolean => Foreign::Bool,
        Primitive::Byte => Foreign::U8,
        Primitive::Date => Foreign::Date,
        Primitive::DateTimeOffset => Foreign::DateTimeOffset,
        Primitive::Decimal => Foreign::Decimal,
        Primitive::Double => Foreign::F64,
        Primitive::Duration => Foreign::Duration,
        Primitive::Guid => Foreign::Guid,
        Primitive::Int16 => Foreign::I16,
        Primitive::Int32 => Foreign::I32,
        Primitive::Int64 => Foreign::I64,
        Primitive::SByte => Foreign::I8,
        Primitive::Single => Foreign::F32,
        Primitive::String => Foreign::String,
        Primitive::TimeOfDay => Foreign::TimeOfDay,
        Primitive::Geography(_) | Primitive::Geometry(_) => Foreign::GeoJson,
        // A stream is a separate resource; the value in its place in the object is kept.
        Primitive::Stream => Foreign::Untyped,
    }
}

/// An argument that is sent as a value of a type.
pub(super) fn taken(value: Type, is_nullable: bool) -> Type {
    if is_nullable { value.into_nullable() } else { value.into_value() }
}

/// Whether a path can contain values of a type, which is the type of an item.
pub(super) fn is_literal(value: &Type, item: ItemType) -> bool {
    match value {
        Type::Foreign(foreign) => {
            !matches!(foreign, Foreign::Untyped | Foreign::GeoJson | Foreign::Stream)
        }
        Type::Generated(_) => matches!(item, ItemType::Enum(_)),
        Type::Flags(_) => true,
        _ => false,
    }
}
