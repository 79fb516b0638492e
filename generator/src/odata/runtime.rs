//! The functions of the runtime that a program calls by name.
//!
//! Enters: nothing. Leaves: a constant for each name, in a module for each type of the runtime. Must
//! not know: what is called, and with which arguments.
//!
//! No other source of this wing spells such a name: a program takes names of the plan and these. The
//! tests look for each of them in the sources of the runtime, so a rename there fails here.

use crate::crate_plan::program::Fixed;

/// Declares the names, and lists them for the tests.
macro_rules! names {
    ($($(#[$docs:meta])* $module:ident: $($owner:literal)+ { $($name:ident = $text:literal,)* })*) => {
        $(
            $(#[$docs])*
            pub(super) mod $module {
                use super::Fixed;
                $(pub(in crate::odata) const $name: Fixed = Fixed::new($text);)*
            }
        )*

        /// The names, with the types, macros or modules that have them.
        #[cfg(test)]
        const ALL: &[(&[&str], &[&str])] = &[$((&[$($owner),+], &[$($text),*])),*];
    };
}

names! {
    /// An expression of a query, and the constant of a property, which is one.
    expression: "Expression" {
        ALL_ITEMS = "all",
        AND = "and",
        ANY_ITEM = "any",
        CONCAT = "concat",
        CONTAINS = "contains",
        DAY = "day",
        DESCENDING = "descending",
        ENDS_WITH = "ends_with",
        EQUAL = "eq",
        GREATER = "gt",
        GREATER_OR_EQUAL = "ge",
        HAS = "has",
        HAS_ITEMS = "has_items",
        HOUR = "hour",
        INDEX_OF = "index_of",
        IS_IN = "is_in",
        IS_NOT_NULL = "is_not_null",
        IS_NULL = "is_null",
        LENGTH = "length",
        LESS = "lt",
        LESS_OR_EQUAL = "le",
        MATCHES_PATTERN = "matches_pattern",
        MINUTE = "minute",
        MONTH = "month",
        NOT = "not",
        NOT_EQUAL = "ne",
        OR = "or",
        SECOND = "second",
        STARTS_WITH = "starts_with",
        TO_LOWER = "to_lower",
        TO_UPPER = "to_upper",
        TRIM = "trim",
        YEAR = "year",
    }
    /// The constant of a property.
    property: "Property" {
        OF_BASE = "of_base",
        THEN = "then",
    }
    /// The constant of a navigation property.
    navigation: "Navigation" {
        NUMBER = "number",
        REFERENCES = "references",
        WITH = "with",
    }
    /// A request, and the options of an expanded navigation property.
    queried: "Request" "Options" {
        COUNT = "count",
        EXPAND = "expand",
        FILTER = "filter",
        ORDER_BY = "order_by",
        SELECT = "select",
        SKIP = "skip",
        TOP = "top",
    }
    /// The options of an expanded navigation property.
    options: "Options" {
        LEVELS = "levels",
    }
    /// The functions of queries.
    query: "query" {
        NOW = "now",
    }
    /// A request.
    request: "Request" {
        APPLY = "apply",
        BODY = "body",
        COMPUTE = "compute",
        EVENTUAL = "eventual",
        HEADER = "header",
        IF_MATCH = "if_match",
        IF_NONE_MATCH = "if_none_match",
        INCLUDE_UNKNOWN_ENUM_MEMBERS = "include_unknown_enum_members",
        MAX_PAGE_SIZE = "max_page_size",
        MINIMAL = "minimal",
        PREFER = "prefer",
        QUERY = "query",
        REPRESENTATION = "representation",
        SEARCH = "search",
        TIME_ZONE = "time_zone",
    }
    /// Any address, and the client, whose address is the service root.
    address: "Resource" "ServiceClient" {
        RAW = "raw",
    }
    /// Any address.
    resource: "Resource" {
        CREATE = "create",
        DELETE = "delete",
        GET = "get",
        INVOKE = "invoke",
        INVOKE_WITH = "invoke_with",
        REPLACE = "replace",
        REQUEST = "request",
        UPDATE = "update",
    }
    /// The path of a property.
    property_path: "PropertyPath" {
        CLEAR = "clear",
        GET = "get",
        RAW_VALUE = "raw_value",
        SET = "set",
        UPDATE = "update",
    }
    /// The path of a stream.
    media_path: "MediaPath" {
        DELETE = "delete",
        DOWNLOAD = "download",
        UPLOAD = "upload",
    }
    /// The path of a reference.
    reference_path: "ReferencePath" {
        GET = "get",
        REMOVE = "remove",
        SET_URL = "set_url",
    }
    /// The path of the references of a collection.
    references_path: "ReferencesPath" {
        ADD_URL = "add_url",
        LIST = "list",
    }
    /// What has an address.
    located: "media_path" "collection_path" "MediaPath" {
        RESOURCE = "resource",
    }
    /// A path type.
    path: "media_path" "collection_path" {
        AT = "at",
    }
    /// The path of a complex value or an entity.
    single_path: "media_path" {
        MEDIA = "media",
        PROPERTY = "property",
        REFERENCE = "reference",
        STREAM = "stream",
    }
    /// The trait of the paths of all entities.
    entity_path_ext: "EntityPathExt" {
        ITEM_WITH_PATH = "item_with_path",
        MEDIA = "media",
    }
    /// The path of a collection.
    collection_path: "collection_path" {
        COUNT = "count",
        REFERENCES = "references",
    }
    /// A builder of changes.
    update: "update" {
        ADDITIONAL = "additional",
        NEW = "new",
    }
}

/// The standard library, whose names do not change.
pub(super) mod standard {
    use super::Fixed;
    pub(in crate::odata) const FROM: Fixed = Fixed::new("from");
}

#[cfg(test)]
mod tests {
    use super::ALL;
    use crate::crate_plan::Kind;
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    type Found = BTreeMap<String, BTreeSet<String>>;

    fn is_public(visibility: &syn::Visibility) -> bool {
        matches!(visibility, syn::Visibility::Public(_))
    }

    /// The public functions of some items: by type or trait, and those of no type by module.
    fn of_items(items: Vec<syn::Item>, module: &str, found: &mut Found) {
        for item in items {
            match item {
                syn::Item::Fn(one) if is_public(&one.vis) => {
                    found.entry(module.to_owned()).or_default().insert(one.sig.ident.to_string());
                }
                syn::Item::Impl(block) if block.trait_.is_none() => {
                    let syn::Type::Path(owner) = *block.self_ty else { continue };
                    let Some(owner) = owner.path.segments.last() else { continue };
                    let methods = block.items.into_iter().filter_map(|item| match item {
                        syn::ImplItem::Fn(one) if is_public(&one.vis) => {
                            Some(one.sig.ident.to_string())
                        }
                        _ => None,
                    });
                    found.entry(owner.ident.to_string()).or_default().extend(methods);
                }
                syn::Item::Trait(one) if is_public(&one.vis) => {
                    let methods = one.items.into_iter().filter_map(|item| match item {
                        syn::TraitItem::Fn(one) => Some(one.sig.ident.to_string()),
                        _ => None,
                    });
                    found.entry(one.ident.to_string()).or_default().extend(methods);
                }
                _ => {}
            }
        }
    }

    /// The public functions of all sources of a folder. Those of no type are of the folder.
    fn of_folder(folder: &Path, found: &mut Found) {
        let module = folder.file_name().expect("a name").to_string_lossy().into_owned();
        for entry in std::fs::read_dir(folder).expect("the runtime is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                of_folder(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a source");
            of_items(syn::parse_file(&text).expect("Rust").items, &module, found);
        }
    }

    fn of_runtime() -> Found {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src");
        let mut found = Found::new();
        of_folder(&sources, &mut found);
        // What macros add to generated items is listed by kind, and compared with the macros.
        for kind in [Kind::MediaPath, Kind::CollectionPath, Kind::Update] {
            let functions = kind.functions().into_iter().map(str::to_owned);
            found.entry(kind.macro_name().to_owned()).or_default().extend(functions);
        }
        found
    }

    #[test]
    fn the_runtime_has_every_name_that_a_program_calls() {
        let found = of_runtime();
        for (owner, names) in
            ALL.iter().flat_map(|(owners, names)| owners.iter().map(move |owner| (*owner, *names)))
        {
            let known = found.get(owner).unwrap_or_else(|| panic!("no `{owner}`"));
            for name in names {
                assert!(known.contains(*name), "`{owner}` has no `{name}`");
            }
        }
    }

    #[test]
    fn a_function_is_found_by_its_type_or_trait_if_it_is_public() {
        let text = "impl<T> Page<T> { pub fn a(&self) {} fn b(&self) {} pub(crate) fn c(&self) {} }
            impl Clone for Page<u8> { fn d(&self) {} } pub fn e() {} fn f() {}
            pub trait Open { fn g(&self); } trait Closed { fn h(&self); }";
        let mut found = Found::new();
        of_items(syn::parse_file(text).expect("Rust").items, "m", &mut found);
        let expected = [("Page", "a"), ("m", "e"), ("Open", "g")];
        let expected = expected.map(|(owner, name)| (owner.to_owned(), [name.to_owned()].into()));
        assert_eq!(found, Found::from(expected));
    }
}
