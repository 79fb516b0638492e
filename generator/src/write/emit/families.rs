//! What structs of JSON have that are bases, or are derived from bases.

use super::groups::carried;
use super::{Imports, ident};
use crate::crate_plan::{
    Carried, DeclaredHeader, Family, HeaderKind, ItemPath, Origin, PageItems, Struct,
};
use crate::write::form::{
    Array, Call, Constant, Each, For, Form, Generic, Literal, Parameters, Prefixed, Tuple, Words,
    with,
};
use crate::write::template::template;
use crate::write::wrap::{Line, Text};

/// The implementations, each after an empty line.
pub(super) fn families(text: &mut Text, imports: &mut Imports, item: &Struct) {
    let Some(json) = item.json() else { return };
    if let Some(one) = &json.family {
        family(text, imports, &item.name, one);
    }
    for one in &json.origins {
        origin(text, imports, &item.name, one);
    }
    if let Some(one) = &json.pages {
        pages(text, imports, &item.name, one);
    }
    if !json.headers.is_empty() {
        headers(text, imports, &item.name, &json.headers);
    }
    if !json.query.is_empty() {
        query(text, imports, &item.name, &json.query);
    }
}

/// How a query becomes members.
fn query(text: &mut Text, imports: &mut Imports, name: &str, query: &[Carried]) {
    let [of, parameter, style] =
        ["Query", "Parameter", "Style"].map(|name| imports.runtime(&["codegen", name]));
    let all = query.iter().map(|one| Line::of(carried(&parameter, &style, one)));
    let all: Vec<Line> = all.collect();
    template!(
        text,
        "

        impl $Query_for_name {
            $PARAMETERS
        }
        ",
        Query_for_name = For(&of, ident(name)),
        PARAMETERS = Constant {
            head: Words(["const ", "PARAMETERS"]),
            kind: Words(["&'static [", &parameter, "]"]),
            value: Prefixed("&", Array(Each(&all))),
        },
    );
}

/// How the headers of an answer become members.
fn headers(text: &mut Text, imports: &mut Imports, name: &str, headers: &[DeclaredHeader]) {
    let [of, declared, kind] =
        ["Headers", "DeclaredHeader", "HeaderKind"].map(|name| imports.runtime(&["codegen", name]));
    let all = headers.iter().map(|one| {
        let kind = header_kind(&kind, &one.kind);
        Line::of(Call(Words([&declared, "::new"]), [Line::of(Literal(&one.name)), kind]))
    });
    let all: Vec<Line> = all.collect();
    template!(
        text,
        "

        impl $Headers_for_name {
            $HEADERS
        }
        ",
        Headers_for_name = For(&of, ident(name)),
        HEADERS = Constant {
            head: Words(["const ", "HEADERS"]),
            kind: Words(["&'static [", &declared, "]"]),
            value: Prefixed("&", Array(Each(&all))),
        },
    );
}

fn header_kind(of: &str, kind: &HeaderKind) -> Line {
    Line::of(with(|line| match kind {
        HeaderKind::Text => Words([of, "::Text"]).write(line),
        HeaderKind::Json => Words([of, "::Json"]).write(line),
        HeaderKind::List(item) => {
            let item = header_kind(of, item);
            Call(Words([of, "::List"]), [Prefixed("&", &item)]).write(line);
        }
        HeaderKind::Object { explode, members } => {
            let members = members.iter();
            let members = members.map(|(name, kind)| Tuple((Literal(name), header_kind(of, kind))));
            let explode = if *explode { "true" } else { "false" };
            let members = Line::of(Prefixed("&", Array(Each(members))));
            Call(Words([of, "::object"]), [Line::of(explode), members]).write(line);
        }
    }))
}

/// A page, whose items are in a list.
fn pages(text: &mut Text, imports: &mut Imports, name: &str, pages: &PageItems) {
    let paged = imports.runtime(&["codegen", "Paged"]);
    let item = Line::of(imports.typed(&pages.item));
    let vec = imports.prelude(&["std", "vec", "Vec"]);
    let [borrowed, owned] = [true, false].map(|is_borrowed| list(pages, is_borrowed));
    template!(
        text,
        "

        impl $Paged_for_name {
            type Item = $Item;

            #[inline]
            fn items(&self) -> &[$Item] {
                $borrowed
            }

            #[inline]
            fn into_items(self) -> $Vec<$Item> {
                $owned
            }
        }
        ",
        Paged_for_name = For(&paged, ident(name)),
        Item = &item,
        borrowed = &borrowed,
        Vec = &vec,
        owned = &owned,
    );
}

/// The list of a page, borrowed or not: nothing if something on the way to it is absent.
fn list(pages: &PageItems, is_borrowed: bool) -> Line {
    // Each part but the last one ends with what may be absent.
    let mut parts = pages.way.split_inclusive(|(_, is_optional)| *is_optional).peekable();
    let mut text = "self".to_owned();
    let mut is_first = true;
    while let Some(part) = parts.next() {
        let fields: Vec<&str> = part.iter().map(|(field, _)| ident(field)).collect();
        let is_optional = part.last().is_some_and(|(_, is_optional)| *is_optional);
        let then = match (is_borrowed, is_optional, parts.peek()) {
            (true, true, Some(_)) => ".as_ref()",
            (true, true, None) => ".as_deref()",
            (true, false, _) if !is_first => ".as_slice()",
            _ => "",
        };
        let place = [&fields.join("."), then].concat();
        match (is_first, is_optional) {
            (true, _) => text.extend([".", &place]),
            (false, true) => text.extend([".and_then(|one| one.", &place, ")"]),
            (false, false) => text.extend([".map(|one| one.", &place, ")"]),
        }
        is_first = false;
    }
    let is_certain = pages.way.iter().all(|(_, is_optional)| !is_optional);
    match (is_certain, is_borrowed) {
        (true, true) => Line::of(Words(["&", &text])),
        (true, false) => Line::of(Words([&text])),
        (false, _) => Line::of(Words([&text, ".unwrap_or_default()"])),
    }
}

fn family(text: &mut Text, imports: &mut Imports, name: &str, family: &Family) {
    let base = imports.runtime(&["codegen", "Base"]);
    let any = imports.item(&family.any);
    template!(
        text,
        "

        impl $Base_for_name {
            $TAG
            type Any = $Any;
        }
        ",
        Base_for_name = For(&base, ident(name)),
        TAG = Constant {
            head: Words(["const ", "TAG"]),
            kind: "&'static str",
            value: Literal(&family.tag),
        },
        Any = &any,
    );
    for derived in &family.converted {
        conversion(text, imports, name, derived);
    }
}

fn origin(text: &mut Text, imports: &mut Imports, name: &str, origin: &Origin) {
    let derived = imports.runtime(&["codegen", "Derived"]);
    let base = imports.item(&origin.base);
    let names = || origin.names.iter().map(|one| Literal(one));
    template!(
        text,
        "

        impl $Derived_for_name {
            $NAMES
        }
        ",
        Derived_for_name = For(Generic(&derived, [&base]), ident(name)),
        NAMES = Constant {
            head: Words(["const ", "NAMES"]),
            kind: "&'static [&'static str]",
            value: Prefixed("&", Array(Each(names()))),
        },
    );
}

/// The conversion of a derived struct into its base.
fn conversion(text: &mut Text, imports: &mut Imports, name: &str, derived: &ItemPath) {
    let from = imports.prelude(&["std", "convert", "From"]);
    let derived = imports.item(derived);
    template!(
        text,
        "

        impl $From_derived_for_name {
            #[inline]
            fn from($value) -> Self {
                Self::from_derived(value)
            }
        }
        ",
        From_derived_for_name = For(Generic(&from, [&derived]), ident(name)),
        value = Parameters([Words(["value: ", &derived])]),
    );
}
