//! Structs and enums.

use super::{
    Imports, aliases, answers, deprecation, docs, families, groups, hierarchies, ident, literals,
    options, paragraphs, requests, servers, tables, unions, updates, values,
};
use crate::crate_plan::{Enum, Field, Item, JsonForm, Prose, Struct, Type, Variant, signature};
use crate::write::form::{Arm, Call, Constant, For, Form, Listed, Literal, Tokens, Words};
use crate::write::template::template;
use crate::write::wrap::{Line, Text};

/// The parts of an item, separated by an empty line.
pub(crate) fn item(text: &mut Text, imports: &mut Imports, item: &Item) {
    match item {
        Item::Struct(item) => structure(text, imports, item),
        Item::Enum(item) => enumeration(text, imports, item),
        Item::Hierarchy(item) => hierarchies::hierarchy(text, imports, item),
        Item::Update(item) => updates::update(text, imports, item),
        Item::Path(item) => requests::path(text, imports, item),
        Item::Literals(item) => literals::literals(text, imports, item),
        Item::Union(item) => unions::union(text, imports, item),
        Item::Alias(item) => aliases::alias(text, imports, item),
        Item::Group(item) => groups::group(text, imports, item),
        Item::Options(item) => options::options(text, imports, item),
        Item::Answers(item) => answers::answers(text, imports, item),
        Item::Server(item) => servers::server(text, imports, item),
    }
}

/// The attributes that the configuration adds, which are Rust.
pub(super) fn attributes(text: &mut Text, attributes: &[String]) {
    attributes.iter().for_each(|attribute| text.verbatim(attribute));
}

fn structure(text: &mut Text, imports: &mut Imports, item: &Struct) {
    let additional = Line::of(imports.typed(&signature::additional()));
    template!(
        text,
        "
        $docs
        $attributes
        $derived
        #[non_exhaustive]
        pub struct $name {
            $fields
            $additional_docs
            pub $additional: $Additional,
        }

        $constants
        $values
        $table
        $derivations
        ",
        docs => docs(text, &item.docs),
        attributes => attributes(text, &item.attributes),
        derived => if item.is_default() { text.line("#[derive(Default)]") },
        name = ident(&item.name),
        fields => for one in &item.fields { field(text, imports, one) },
        additional_docs => text.doc(&[" ", additional_docs(item)]),
        additional = ident(&item.additional),
        Additional = &additional,
        constants => constants(text, imports, item),
        values => values::values(text, imports, item),
        table => tables::structured(text, imports, item),
        derivations => {
            hierarchies::derivations(text, imports, item);
            families::families(text, imports, item);
        },
    );
}

/// What the field for undeclared members holds.
fn additional_docs(item: &Struct) -> &'static str {
    let form = item.json().map(|json| json.form);
    match form {
        None => "Members that the service sent besides those above, annotations included.",
        Some(JsonForm::Object) => "Members that the service sent besides those above.",
        Some(JsonForm::OpenKind) => {
            "Members that the service sent besides those above, or a value that is not an object."
        }
        // Without an item that must be there the array is not a value.
        Some(JsonForm::Tuple) if item.fields.iter().any(Field::is_required) => {
            "Items that the service sent besides those above."
        }
        Some(JsonForm::Tuple) => "An array that does not have these items.",
    }
}

fn field(text: &mut Text, imports: &mut Imports, field: &Field) {
    template!(
        text,
        "
        $docs
        $attributes
        pub $name: $value,
        ",
        docs => docs(text, &field.docs),
        attributes => attributes(text, &field.attributes),
        name = ident(&field.name),
        value = imports.typed(&field.value),
    );
}

/// The constants that represent the members in queries, and the empty line after them.
fn constants(text: &mut Text, imports: &mut Imports, item: &Struct) {
    if item.fields.iter().all(|field| field.constant.is_none()) {
        return;
    }
    template!(
        text,
        "
        impl $name {
            $constants
        }

        ",
        name = ident(&item.name),
        constants => for field in &item.fields { constant(text, imports, field) },
    );
}

fn constant(text: &mut Text, imports: &mut Imports, field: &Field) {
    let Some(constant) = &field.constant else { return };
    paragraphs(text, &[Prose::new("").code(&field.wire_name).words(", for queries.")]);
    deprecation(text, &field.docs);
    let is_navigation = matches!(constant.value, Type::Navigation(_));
    let of = imports.runtime(&["query", if is_navigation { "Navigation" } else { "Property" }]);
    text.line(Constant {
        head: Words(["pub const ", ident(&constant.name)]),
        kind: imports.typed(&constant.value),
        value: Call(Words([&of, "::new"]), [Literal(&field.wire_name)]),
    });
}

/// The constant of a trait that holds the name of a type.
pub(super) fn wire_name(name: &str) -> impl Form {
    Constant { head: Words(["const ", "NAME"]), kind: "&'static str", value: Literal(name) }
}

fn enumeration(text: &mut Text, imports: &mut Imports, item: &Enum) {
    let name = ident(&item.name);
    let unknown = Line::of(imports.typed(&signature::unrecognized()));
    let open_enum = imports.runtime(&["codegen", "OpenEnum"]);
    template!(
        text,
        "
        $docs
        $attributes
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $name {
            $variants
            /// A member that the schema does not know, by its wire name.
            $unrecognized($unknown),
        }

        impl $OpenEnum_for_name {
            $wire_name

            #[inline]
            fn from_name(name: &str) -> Self {
                $from_name
            }

            #[inline]
            fn name(&self) -> &str {
                $name_of
            }
        }

        schemacrate_runtime::open_enum!($arguments);
        ",
        docs => docs(text, &item.docs),
        attributes => attributes(text, &item.attributes),
        name = name,
        variants => for one in &item.variants { variant(text, one) },
        unrecognized = ident(&item.unrecognized),
        unknown = Listed([&unknown]),
        OpenEnum_for_name = For(&open_enum, name),
        wire_name = wire_name(&item.wire_name),
        from_name => from_name(text, item),
        name_of => name_of(text, item),
        arguments = Tokens([name]),
    );
}

/// A variant of an enumeration.
pub(super) fn variant(text: &mut Text, variant: &Variant) {
    docs(text, &variant.docs);
    attributes(text, &variant.attributes);
    text.line(Words([ident(&variant.name), ","]));
}

fn from_name(text: &mut Text, item: &Enum) {
    let unrecognized = ident(&item.unrecognized);
    // A `match` with a single arm would be a roundabout `let`.
    if item.variants.is_empty() {
        return text.line(Words(["Self::", unrecognized, "(name.to_owned())"]));
    }
    template!(
        text,
        "
        match name {
            $arms
            other => Self::$unrecognized(other.to_owned()),
        }
        ",
        arms => for variant in &item.variants {
            let value = Words(["Self::", ident(&variant.name)]);
            text.line(Arm { pattern: Literal(&variant.wire_name), value });
        },
        unrecognized = unrecognized,
    );
}

fn name_of(text: &mut Text, item: &Enum) {
    let unrecognized = ident(&item.unrecognized);
    if item.variants.is_empty() {
        template!(
            text,
            "
            let Self::$unrecognized(name) = self;
            name
            ",
            unrecognized = unrecognized,
        );
        return;
    }
    template!(
        text,
        "
        match self {
            $arms
            Self::$unrecognized(name) => name,
        }
        ",
        arms => for variant in &item.variants {
            let pattern = Words(["Self::", ident(&variant.name)]);
            text.line(Arm { pattern, value: Literal(&variant.wire_name) });
        },
        unrecognized = unrecognized,
    );
}
