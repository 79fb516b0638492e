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
    let item = item(table, value.item);
    wrapped(table, owner, name, value.collection, value.allows_null_items(), item)
}

/// The type of an expanded navigation property, without the `Option` around it.
pub(super) fn navigation(
    table: &Table<'_>,
    owner: StructuredTypeId,
    navigation: &NavigationProperty,
) -> Type {
    let item =
        navigation.target.map_or(Type::Foreign(Foreign::Untyped), |target| entity(table, target));
    wrapped(table, owner, &navigation.name, navigation.collection, false, item)
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
    let item = item(table, value.item);
    match (value.collection, value.allows_null_items()) {
        (false, _) => item,
        (true, false) => Type::Vec(Box::new(item)),
        (true, true) => Type::Vec(Box::new(Type::Option(Box::new(item)))),
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

fn wrapped(
    table: &Table<'_>,
    owner: StructuredTypeId,
    name: &str,
    collection: bool,
    nullable_items: bool,
    item: Type,
) -> Type {
    if collection {
        let item = if nullable_items { Type::Option(Box::new(item)) } else { item };
        Type::Vec(Box::new(item))
    } else if table.boxed.contains(&(owner, name.to_owned())) {
        Type::Box(Box::new(item))
    } else {
        item
    }
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

/// The argument of a setter for a value. Enumerations are sent as text, and all other generated
/// types as objects, of which an update can change a part.
pub(super) fn assigned(value: Type, item: ItemType, is_nullable: bool) -> Type {
    match value {
        value if is_nullable => value.into_nullable(),
        Type::Foreign(Foreign::String) => value.into_value(),
        Type::Generated(_) if !matches!(item, ItemType::Enum(_)) => value.into_assigned(),
        value => value,
    }
}

/// The argument type for a value that is written as a literal into a path.
pub(super) fn passed(value: Type) -> Type {
    if value == Type::Foreign(Foreign::String) { Type::Str } else { value }
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
