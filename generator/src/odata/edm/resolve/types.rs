//! Types and their members.

use super::Resolver;
use super::names::Names;
use crate::input::config::Unresolved;
use crate::input::diagnostic::Diagnostic;
use crate::odata::csdl::Element;
use crate::odata::edm::{
    EnumMember, EnumType, EnumTypeId, Facets, ItemType, NavigationProperty, OnDelete,
    OnDeleteAction, PathKind, Primitive, Property, QualifiedName, ReferentialConstraint, Scale,
    Srid, StructuredKind, StructuredType, StructuredTypeId, Term, TypeDefinition, TypeDefinitionId,
    TypeId, TypeRef,
};

/// The primitive type with the name of an underlying type.
fn underlying(written: &str) -> Option<Primitive> {
    let written = written.trim();
    Primitive::named(written.strip_prefix("Edm.").unwrap_or(written))
}

/// The use of a type that a document declares.
fn declared_item(id: TypeId) -> ItemType {
    match id {
        TypeId::Structured(id) => ItemType::Structured(id),
        TypeId::Enum(id) => ItemType::Enum(id),
        TypeId::Definition(id) => ItemType::Definition(id),
    }
}

/// The label for a type that is not known.
pub(super) const ANY: &str = "it is any JSON";

const TYPES: &[&str] = &["EntityType", "ComplexType", "EnumType", "TypeDefinition"];

impl Resolver<'_> {
    /// Assigns an id to each type of a schema, so that types can refer to later ones.
    pub(super) fn declare(&mut self, schema: &Element) {
        let Some(namespace) = schema.value("Namespace") else { return };
        for element in schema.children.iter().filter(|one| TYPES.contains(&one.name.as_str())) {
            let Some(name) = self.name(element) else { continue };
            let name = QualifiedName { namespace: namespace.to_owned(), name };
            if element.name == "TypeDefinition" && !self.is_defined(element) {
                continue;
            }
            if let Some(first) = self.model.types_by_name.get(&name) {
                let first = self.element_at(self.type_span(*first)).unwrap_or(element).clone();
                self.duplicate(&format!("the type `{name}` is declared twice"), element, &first);
                continue;
            }
            let id = self.declare_type(element, name.clone());
            self.model.types_by_name.insert(name, id);
        }
    }

    fn declare_type(&mut self, element: &Element, name: QualifiedName) -> TypeId {
        let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let span = element.place("Name");
        match element.name.as_str() {
            "EnumType" => {
                let id = EnumTypeId(number(self.model.enum_types.len()));
                self.model.enum_types.push(EnumType {
                    name,
                    underlying: Primitive::Int32,
                    is_flags: element.flag("IsFlags").unwrap_or(false),
                    members: Vec::new(),
                    annotations: Default::default(),
                    span,
                });
                TypeId::Enum(id)
            }
            "TypeDefinition" => {
                let id = TypeDefinitionId(number(self.model.type_definitions.len()));
                self.model.type_definitions.push(TypeDefinition {
                    name,
                    underlying: Primitive::String,
                    facets: Facets::default(),
                    annotations: Default::default(),
                    span,
                });
                TypeId::Definition(id)
            }
            kind => {
                let id = StructuredTypeId(number(self.model.structured_types.len()));
                let kind = if kind == "EntityType" {
                    StructuredKind::Entity
                } else {
                    StructuredKind::Complex
                };
                self.model.structured_types.push(StructuredType {
                    name,
                    versions: Vec::new(),
                    kind,
                    base: None,
                    is_abstract: element.flag("Abstract").unwrap_or(false),
                    is_open: element.flag("OpenType").unwrap_or(false),
                    has_stream: element.flag("HasStream").unwrap_or(false),
                    key: None,
                    properties: Vec::new(),
                    navigation_properties: Vec::new(),
                    annotations: Default::default(),
                    span,
                });
                TypeId::Structured(id)
            }
        }
    }

    /// Whether a type definition has a primitive type. Without one it is an error or, if the user
    /// chose that, any JSON.
    fn is_defined(&mut self, element: &Element) -> bool {
        let Some(written) = element.value("UnderlyingType") else { return true };
        if underlying(written).is_some() {
            return true;
        }
        let message = format!("the underlying type `{written}` is not a primitive type");
        let diagnostic = Diagnostic::error("unknown-primitive", message);
        let help = "a type definition is another name for a primitive type";
        let place = element.place("UnderlyingType");
        self.dangling(
            diagnostic,
            place,
            "expected a type such as Edm.String",
            "it is not a type",
            help,
        );
        !self.is_untyped()
    }

    fn type_span(&self, id: TypeId) -> crate::input::source::Span {
        match id {
            TypeId::Structured(id) => self.model.structured(id).span,
            TypeId::Enum(id) => self.model.enum_type(id).span,
            TypeId::Definition(id) => self.model.definition(id).span,
        }
    }

    /// Fills the types of a schema.
    pub(super) fn define_types(&mut self, schema: &Element, names: &Names) {
        let Some(namespace) = schema.value("Namespace") else { return };
        for element in schema.children.iter().filter(|one| TYPES.contains(&one.name.as_str())) {
            let Some(name) = element.value("Name") else { continue };
            let name = QualifiedName { namespace: namespace.to_owned(), name: name.to_owned() };
            let Some(id) = self.model.types_by_name.get(&name).copied() else { continue };
            if self.type_span(id) != element.place("Name") {
                continue;
            }
            match id {
                TypeId::Structured(id) => self.define_structured(element, names, id),
                TypeId::Enum(id) => self.define_enum(element, names, id),
                TypeId::Definition(id) => self.define_definition(element, names, id),
            }
        }
    }

    fn define_structured(&mut self, element: &Element, names: &Names, id: StructuredTypeId) {
        let members = element
            .children
            .iter()
            .filter(|one| matches!(one.name.as_str(), "Property" | "NavigationProperty"));
        let owner = self.model.structured(id).name.to_string();
        let members = self.distinct(&format!("`{owner}`"), members);
        let base = element.value("BaseType").and_then(|base| {
            let place = element.place("BaseType");
            if self.is_common_base(base, place) {
                return None;
            }
            self.structured_named(names, base, place, "the type has no base")
        });
        let mut properties = Vec::new();
        let mut navigation_properties = Vec::new();
        for child in members {
            if child.name == "Property" {
                properties.extend(self.property(child, names));
            } else {
                navigation_properties.extend(self.navigation(child, names));
            }
        }
        let annotations = self.inline_annotations(element, names);
        let declared = &mut self.model.structured_types[id.0 as usize];
        declared.base = base;
        declared.properties = properties;
        declared.navigation_properties = navigation_properties;
        declared.annotations = annotations;
    }

    /// A structured type by its name in a document. `instead` describes the fallback if it does not
    /// exist.
    pub(super) fn structured_named(
        &mut self,
        names: &Names,
        name: &str,
        place: crate::input::source::Span,
        instead: &str,
    ) -> Option<StructuredTypeId> {
        let full = names.full(name.trim());
        let found = self.model.type_named(&full);
        match found.or_else(|| self.without_namespace(&full, place)) {
            Some(TypeId::Structured(id)) => Some(id),
            Some(_) => {
                let message = format!("`{full}` is not a structured type");
                let diagnostic = Diagnostic::error("wrong-type-kind", message);
                let label = "expected an entity type or a complex type";
                self.dangling(diagnostic, place, label, instead, "name another type");
                None
            }
            None => {
                if !self.is_known(&full, place) {
                    self.unknown_type(&full, place, instead);
                }
                None
            }
        }
    }

    /// The use of a type, from the attribute `Type` and the facets. `instead` describes the
    /// fallback if the type does not exist.
    pub(super) fn type_ref(
        &mut self,
        element: &Element,
        names: &Names,
        instead: &str,
    ) -> Option<TypeRef> {
        let written = self.required(element, "Type")?.trim().to_owned();
        let place = element.place("Type");
        let inner = written.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')'));
        let name = inner.unwrap_or(&written).trim();
        let is_name = !name.is_empty() && !name.contains(['(', ')']);
        let item = if is_name {
            self.item_type(names, name, place, instead)?
        } else {
            let diagnostic =
                Diagnostic::error("bad-type-name", format!("`{written}` is not a type"));
            let label = "expected a qualified name, or `Collection(…)` of one";
            let help = "collections do not nest; give collections of collections a complex type";
            self.dangling(diagnostic, place, label, instead, help);
            self.is_untyped().then_some(ItemType::Untyped)?
        };
        let facets = self.facets(element);
        Some(TypeRef {
            item,
            // Something that is not a type may have any value, also a list.
            collection: inner.is_some() && is_name,
            nullable: element.flag("Nullable"),
            facets,
        })
    }

    fn item_type(
        &mut self,
        names: &Names,
        name: &str,
        place: crate::input::source::Span,
        instead: &str,
    ) -> Option<ItemType> {
        let full = names.full(name);
        // No schema has the namespace of the primitive types.
        let declared = if full.starts_with("Edm.") { None } else { self.model.type_named(&full) };
        if let Some(id) = declared {
            return Some(declared_item(id));
        }
        // Some services leave out the namespace of primitive types.
        let simple = full.strip_prefix("Edm.").unwrap_or(&full);
        let known = match simple {
            "Untyped" => Some(ItemType::Untyped),
            "PrimitiveType" => Some(ItemType::AnyPrimitive),
            "ComplexType" => Some(ItemType::AnyComplex),
            "EntityType" => Some(ItemType::AnyEntity),
            other => match PathKind::named(other) {
                Some(kind) if kind != PathKind::Value => Some(ItemType::Path(kind)),
                _ => Primitive::named(other).map(ItemType::Primitive),
            },
        };
        if known.is_some() && simple == full {
            self.diagnostics.push(
                Diagnostic::violation("bad-type-name", format!("`{name}` lacks its namespace"))
                    .at(place, format!("read as Edm.{name}"))
                    .help("write the type with the namespace Edm"),
            );
        }
        if known.is_none() {
            if let Some(id) = self.without_namespace(&full, place) {
                return Some(declared_item(id));
            }
            if full.starts_with("Edm.") {
                let message = format!("`{full}` is not a primitive type of OData 4");
                let diagnostic = Diagnostic::error("unknown-primitive", message);
                let label = "expected a type such as Edm.String or Edm.DateTimeOffset";
                let help = "Edm.DateTime of V3 is Edm.DateTimeOffset, Edm.Time is Edm.TimeOfDay";
                self.dangling(diagnostic, place, label, instead, help);
            } else if self.is_known(&full, place) {
                return Some(ItemType::Untyped);
            } else {
                self.unknown_type(&full, place, instead);
            }
            return self.is_untyped().then_some(ItemType::Untyped);
        }
        known
    }

    fn facets(&mut self, element: &Element) -> Facets {
        let is_facet =
            |name: &str| matches!(name, "MaxLength" | "Precision" | "Scale" | "Unicode" | "SRID");
        if !element.attributes.iter().any(|one| is_facet(&one.name)) {
            return Facets::default();
        }
        let mut facets = self.facets_of(element);
        let written = facets.texts().into_iter().filter_map(|(name, usual)| {
            let text = element.value(name)?;
            (usual.as_deref() != Some(text)).then(|| (name, text.to_owned()))
        });
        facets.spelled = written.collect();
        facets
    }

    /// The facets of an element.
    fn facets_of(&mut self, element: &Element) -> Facets {
        let mut number = |name: &str| -> Option<u64> {
            let value = element.value(name)?;
            let parsed = value.parse();
            if parsed.is_err() {
                self.diagnostics.push(
                    Diagnostic::violation("bad-facet", format!("`{name}` has the value `{value}`"))
                        .at(element.place(name), "expected a number that is not negative; ignored")
                        .help("correct or remove the facet"),
                );
            }
            parsed.ok()
        };
        let symbolic = |name: &str, words: &[&str]| {
            element
                .value(name)
                .filter(|value| words.iter().any(|word| word.eq_ignore_ascii_case(value)))
        };
        let narrow = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
        let max_length = match symbolic("MaxLength", &["max"]) {
            Some(_) => None,
            None => number("MaxLength"),
        };
        let precision = number("Precision").map(narrow);
        let scale = match symbolic("Scale", &["variable", "floating"]) {
            Some(word) if word.eq_ignore_ascii_case("variable") => Some(Scale::Variable),
            Some(_) => Some(Scale::Floating),
            None => number("Scale").map(narrow).map(Scale::Digits),
        };
        let srid = match symbolic("SRID", &["variable"]) {
            Some(_) => Some(Srid::Variable),
            None => number("SRID").map(narrow).map(Srid::Code),
        };
        let unicode = element.flag("Unicode");
        Facets { max_length, precision, scale, unicode, srid, spelled: Vec::new() }
    }

    fn property(&mut self, element: &Element, names: &Names) -> Option<Property> {
        let name = self.name(element)?;
        let value = self.type_ref(element, names, ANY)?;
        Some(Property {
            name,
            value,
            default: element.value("DefaultValue").map(str::to_owned),
            annotations: self.inline_annotations(element, names),
            span: element.place("Name"),
        })
    }

    fn navigation(&mut self, element: &Element, names: &Names) -> Option<NavigationProperty> {
        let name = self.name(element)?;
        let value = self.type_ref(element, names, ANY)?;
        let target = match value.item {
            ItemType::Structured(id) => Some(id),
            ItemType::AnyEntity => None,
            ItemType::Untyped
                if element.value("Type").is_some_and(|one| one.contains("Untyped")) =>
            {
                let message = format!("the navigation property `{name}` refers to no entity");
                self.diagnostics.push(
                    Diagnostic::violation("wrong-type-kind", message)
                        .at(element.place("Type"), "any JSON, which no path refers to")
                        .help("name an entity type, or `Edm.EntityType`"),
                );
                None
            }
            // The type was reported already.
            ItemType::Untyped => None,
            _ => {
                let message = format!("the navigation property `{name}` refers to no entity");
                let diagnostic = Diagnostic::error("wrong-type-kind", message);
                let help = "make it a `Property`, or name an entity type";
                let place = element.place("Type");
                self.dangling(diagnostic, place, "expected an entity type", ANY, help);
                if !self.is_untyped() {
                    return None;
                }
                None
            }
        };
        let constraints = element
            .children("ReferentialConstraint")
            .filter_map(|one| {
                Some(ReferentialConstraint {
                    property: names.path(one.value("Property")?),
                    referenced_property: names.path(one.value("ReferencedProperty")?),
                    annotations: self.inline_annotations(one, names),
                    span: one.span,
                })
            })
            .collect();
        let on_delete = element.children("OnDelete").next();
        let on_delete = on_delete.and_then(|one| self.on_delete(one, names));
        Some(NavigationProperty {
            name,
            target,
            collection: value.collection,
            nullable: value.nullable,
            contains_target: element.flag("ContainsTarget").unwrap_or(false),
            partner: element.value("Partner").map(|path| names.path(path)),
            constraints,
            on_delete,
            annotations: self.inline_annotations(element, names),
            span: element.place("Name"),
        })
    }

    fn on_delete(&mut self, element: &Element, names: &Names) -> Option<OnDelete> {
        let action = match element.value("Action") {
            Some("Cascade") => OnDeleteAction::Cascade,
            Some("None") => OnDeleteAction::None,
            Some("SetNull") => OnDeleteAction::SetNull,
            Some("SetDefault") => OnDeleteAction::SetDefault,
            None => return None,
            Some(_) => {
                self.diagnostics.push(
                    Diagnostic::violation("bad-enum-attribute", "`OnDelete` has no known action")
                        .at(element.place("Action"), "ignored")
                        .help("name Cascade, None, SetNull or SetDefault"),
                );
                return None;
            }
        };
        let annotations = self.inline_annotations(element, names);
        Some(OnDelete { action, annotations, span: element.span })
    }

    fn define_enum(&mut self, element: &Element, names: &Names, id: EnumTypeId) {
        let owner = self.model.enum_type(id).name.to_string();
        let declared = self.distinct(&format!("`{owner}`"), element.children("Member"));
        let underlying = match element.value("UnderlyingType") {
            None => Primitive::Int32,
            Some(written) => match underlying(written) {
                Some(
                    found @ (Primitive::Byte
                    | Primitive::SByte
                    | Primitive::Int16
                    | Primitive::Int32
                    | Primitive::Int64),
                ) => found,
                _ => {
                    self.diagnostics.push(
                        Diagnostic::violation(
                            "enum-underlying",
                            format!("`{written}` cannot underlie an enumeration"),
                        )
                        .at(element.place("UnderlyingType"), "read as Edm.Int64")
                        .help("name Edm.Byte, Edm.SByte, Edm.Int16, Edm.Int32 or Edm.Int64"),
                    );
                    Primitive::Int64
                }
            },
        };
        self.enum_values(element, &owner);
        let mut members = Vec::new();
        let mut next = 0_i64;
        for child in declared {
            let Some(name) = self.name(child) else { continue };
            let value = match child.value("Value").map(str::trim) {
                None => next,
                Some(written) => written.parse().unwrap_or_else(|_| {
                    self.diagnostics.push(
                        Diagnostic::violation(
                            "enum-value",
                            format!("the member `{name}` has the value `{written}`"),
                        )
                        .at(
                            child.place("Value"),
                            "expected an integer; ignored, since JSON uses the name",
                        )
                        .help("write the value as a number"),
                    );
                    next
                }),
            };
            next = value.saturating_add(1);
            let annotations = self.inline_annotations(child, names);
            members.push(EnumMember { name, value, annotations, span: child.place("Name") });
        }
        let annotations = self.inline_annotations(element, names);
        let declared = &mut self.model.enum_types[id.0 as usize];
        declared.underlying = underlying;
        declared.members = members;
        declared.annotations = annotations;
    }

    /// Either all members specify their value, or none does; those of flags must.
    fn enum_values(&mut self, element: &Element, owner: &str) {
        let (with, without): (Vec<&Element>, Vec<&Element>) =
            element.children("Member").partition(|one| one.attribute("Value").is_some());
        let (Some(silent), flags) = (without.first(), element.flag("IsFlags").unwrap_or(false))
        else {
            return;
        };
        if with.is_empty() && !flags {
            return;
        }
        let message = format!("some members of `{owner}` have no value");
        self.diagnostics.push(
            Diagnostic::violation("enum-value", message)
                .at(silent.place("Name"), "read as one more than the one before")
                .help("give every member a `Value`"),
        );
    }

    fn define_definition(&mut self, element: &Element, names: &Names, id: TypeDefinitionId) {
        let found = element.value("UnderlyingType").and_then(underlying);
        let facets = self.facets(element);
        let annotations = self.inline_annotations(element, names);
        let declared = &mut self.model.type_definitions[id.0 as usize];
        declared.underlying = found.unwrap_or(Primitive::String);
        declared.facets = facets;
        declared.annotations = annotations;
    }

    pub(super) fn terms(&mut self, schema: &Element, names: &Names) {
        let Some(namespace) = schema.value("Namespace") else { return };
        // Nothing is generated from a term, so its type need not be known.
        let unresolved = std::mem::replace(&mut self.unresolved, Unresolved::Untyped);
        for element in schema.children("Term") {
            let Some(name) = self.name(element) else { continue };
            let Some(value) = self.type_ref(element, names, ANY) else { continue };
            let annotations = self.inline_annotations(element, names);
            self.model.terms.push(Term {
                name: QualifiedName { namespace: namespace.to_owned(), name },
                value,
                base: element
                    .value("BaseTerm")
                    .and_then(|base| QualifiedName::parse(&names.full(base))),
                default: element.value("DefaultValue").map(str::to_owned),
                applies_to: element
                    .value("AppliesTo")
                    .map(|list| list.split_whitespace().map(str::to_owned).collect())
                    .unwrap_or_default(),
                annotations,
                span: element.place("Name"),
            });
        }
        self.unresolved = unresolved;
    }

    /// Reports cycles, and cuts them so that later stages end.
    pub(super) fn check_inheritance(&mut self) {
        for at in 0..self.model.structured_types.len() {
            let start = StructuredTypeId(u32::try_from(at).unwrap_or(u32::MAX));
            let mut seen = vec![start];
            let mut next = self.model.structured(start).base;
            while let Some(base) = next {
                if base == start {
                    let declared = &mut self.model.structured_types[at];
                    declared.base = None;
                    let message = format!("`{}` is derived from itself", declared.name);
                    let diagnostic = Diagnostic::error("cyclic-inheritance", message)
                        .at(declared.span, "this type is among its own bases")
                        .help("remove or correct a `BaseType`");
                    self.diagnostics.push(diagnostic);
                    break;
                }
                if seen.contains(&base) {
                    break;
                }
                seen.push(base);
                next = self.model.structured(base).base;
            }
        }
    }

    /// Passes openness and streams on to derived types.
    pub(super) fn inherit(&mut self) {
        for at in 0..self.model.structured_types.len() {
            let id = StructuredTypeId(u32::try_from(at).unwrap_or(u32::MAX));
            let bases = self.model.bases(id);
            let open = bases.iter().any(|base| self.model.structured(*base).is_open);
            let stream = bases.iter().any(|base| self.model.structured(*base).has_stream);
            self.model.structured_types[at].is_open = open;
            self.model.structured_types[at].has_stream = stream;
        }
    }

    /// A type derived from an open one is open, even if it declares otherwise.
    pub(super) fn closed_below_open(&mut self, schemas: &[(&Element, &Names)]) {
        for (schema, _) in schemas {
            let namespace = schema.value("Namespace").unwrap_or_default();
            for element in &schema.children {
                let name = element.value("Name").unwrap_or_default();
                let closed = element.flag("OpenType") == Some(false);
                let found = closed.then(|| self.model.type_named(&format!("{namespace}.{name}")));
                let Some(Some(TypeId::Structured(id))) = found else { continue };
                let base = self.model.structured(id).base.map(|base| self.model.structured(base));
                let Some(base) = base.filter(|base| base.is_open) else { continue };
                let message = format!("the type `{name}` cannot be closed, its base is open");
                self.diagnostics.push(
                    Diagnostic::violation("open-type", message)
                        .at(element.place("OpenType"), "the type is open")
                        .related(base.span, "the open base")
                        .help("remove `OpenType`"),
                );
            }
        }
    }
}
