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
        let Type::Generated(ItemPath { name, .. }) = &field.value else { return None };
        fields.push(field.name.clone());
        owner = structure(items, name)?;
    }
    let field = owner.fields.iter().find(|one| one.wire_name == *last)?;
    fields.push(field.name.clone());
    let (item, is_optional) = match &field.value {
        Type::Vec(item) => (item, false),
        Type::Option(inner) => match &**inner {
            Type::Vec(item) => (item, true),
            _ => return None,
        },
        _ => return None,
    };
    Some(PageItems { item: (**item).clone(), way: fields, is_optional })
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
