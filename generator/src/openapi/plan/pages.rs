//! Structs that are pages of lists.
//!
//! Enters: the items of all types, and where the items of pages are. Leaves: the structs that are pages marked as
//! such. Must not know: how pages follow one another.

use crate::crate_plan::{Item, ItemPath, Layout, PageItems, Struct, Type};
use std::collections::BTreeMap;

/// Marks the structs that are pages, by the members on the way to their items.
pub(super) fn mark(items: &mut [Item], pages: &BTreeMap<String, Vec<String>>) {
    let list = |(name, way): (&String, &Vec<String>)| {
        let own = structure(items, name)?.name.clone();
        Some((own, list(items, name, way)?))
    };
    let found: BTreeMap<String, PageItems> = pages.iter().filter_map(list).collect();
    for item in items {
        if let Item::Struct(Struct { name, layout: Layout::Json(json), .. }) = item {
            json.pages = found.get(name).cloned();
        }
    }
}

/// The list at the end of a way through structs.
fn list(items: &[Item], name: &str, way: &[String]) -> Option<PageItems> {
    let mut fields = Vec::new();
    let mut owner = structure(items, name)?;
    let (last, before) = way.split_last()?;
    for member in before {
        let field = owner.fields.iter().find(|one| one.wire_name == *member)?;
        let (value, is_optional) = present(&field.value);
        let Type::Generated(ItemPath { name, .. }) = value else { return None };
        fields.push((field.name.clone(), is_optional));
        owner = structure(items, name)?;
    }
    let field = owner.fields.iter().find(|one| one.wire_name == *last)?;
    let (value, is_optional) = present(&field.value);
    let Type::Vec(item) = value else { return None };
    fields.push((field.name.clone(), is_optional));
    Some(PageItems { item: (**item).clone(), way: fields })
}

/// The type of a value that is there, and whether it may be absent.
fn present(value: &Type) -> (&Type, bool) {
    let (value, is_optional) = match value {
        Type::Option(inner) => (&**inner, true),
        value => (value, false),
    };
    match value {
        Type::Box(inner) => (inner, is_optional),
        value => (value, is_optional),
    }
}

/// The struct with a name, or with another name that this one is an alias of.
fn structure<'i>(items: &'i [Item], name: &str) -> Option<&'i Struct> {
    items.iter().find_map(|item| match item {
        Item::Struct(one) if one.name == name => Some(one),
        Item::Alias(one) if one.name == name => match &one.value {
            Type::Generated(path) if path.name != name => structure(items, &path.name),
            _ => None,
        },
        _ => None,
    })
}
