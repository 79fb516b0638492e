//! Types and their members.

use super::Resolver;
use super::names::Names;
use crate::csdl::Element;
use crate::diagnostic::Diagnostic;
use crate::edm::{
    EnumMember, EnumType, EnumTypeId, Facets, ItemType, NavigationProperty, OnDelete,
    OnDeleteAction, PathKind, Primitive, Property, QualifiedName, ReferentialConstraint, Scale,
    Srid, StructuredKind, StructuredType, StructuredTypeId, Term, TypeDefinition, TypeDefinitionId,
    TypeId, TypeRef,
};

const TYPES: &[&str] = &["EntityType", "ComplexType", "EnumType", "TypeDefinition"];

impl Resolver<'_> {
    /// Gives each type of a schema its id, so that types can refer to later ones.
    pub(super) fn declare(&mut self, schema: &Element) {
        let Some(namespace) = schema.value("Namespace") else { return };
        for element in schema.children.iter().filter(|one| TYPES.contains(&one.name.as_str())) {
            let Some(name) = self.name(element) else { continue };
            let name = QualifiedName { namespace: namespace.to_owned(), name };
            if let Some(first) = self.model.types_by_name.get(&name) {
                let first = self.type_span(*first);
                self.duplicate(
                    &format!("the type `{name}` is declared twice"),
                    element.place("Name"),
                    first,
                );
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

    fn type_span(&self, id: TypeId) -> crate::source::Span {
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
        self.unique(&format!("`{owner}`"), members);
        let base = element
            .value("BaseType")
            .and_then(|base| self.structured_named(names, base, element.place("BaseType")));
        let mut properties = Vec::new();
        for child in element.children("Property") {
            properties.extend(self.property(child, names));
        }
        let mut navigation_properties = Vec::new();
        for child in element.children("NavigationProperty") {
            navigation_properties.extend(self.navigation(child, names));
        }
        let annotations = self.inline_annotations(element, names);
        let declared = &mut self.model.structured_types[id.0 as usize];
        declared.base = base;
        declared.properties = properties;
        declared.navigation_properties = navigation_properties;
        declared.annotations = annotations;
    }

    /// A structured type by the name a document has for it.
    pub(super) fn structured_named(
        &mut self,
        names: &Names,
        name: &str,
        place: crate::source::Span,
    ) -> Option<StructuredTypeId> {
        let full = names.full(name.trim());
        match self.model.type_named(&full) {
            Some(TypeId::Structured(id)) => Some(id),
            Some(_) => {
                self.diagnostics.push(
                    Diagnostic::error("wrong-type-kind", format!("`{full}` is no structured type"))
                        .at(place, "expected an entity type or a complex type")
                        .help("name another type"),
                );
                None
            }
            None => {
                if !self.passes_as_vocabulary(&full, place) {
                    self.unresolved(&full, place);
                }
                None
            }
        }
    }

    /// Whether a type is one of the standard vocabularies, which few services send along with
    /// their metadata: what has such a type is any value.
    fn passes_as_vocabulary(&mut self, full: &str, place: crate::source::Span) -> bool {
        let Some(name) = QualifiedName::parse(full) else { return false };
        let known = name.namespace.starts_with("Org.OData.")
            && self.model.schemas.iter().all(|schema| schema.namespace != name.namespace);
        if known {
            let message = format!("the vocabulary `{}` is not given", name.namespace);
            self.diagnostics.push(
                Diagnostic::warning("unresolved-reference", message)
                    .at(place, format!("`{}` is taken for any value", name.name))
                    .help("give the document of the vocabulary as well"),
            );
        }
        known
    }

    fn unresolved(&mut self, full: &str, place: crate::source::Span) {
        let similar = self
            .model
            .types_by_name
            .keys()
            .map(ToString::to_string)
            .find(|known| known.eq_ignore_ascii_case(full));
        let help = match (similar, QualifiedName::parse(full)) {
            (Some(similar), _) => format!("names are case-sensitive: `{similar}` exists"),
            (None, Some(name))
                if self.model.schemas.iter().all(|one| one.namespace != name.namespace) =>
            {
                format!(
                    "give the document that declares the namespace `{}` as well",
                    name.namespace
                )
            }
            _ => "declare the type, or correct the name".to_owned(),
        };
        self.diagnostics.push(
            Diagnostic::error("unresolved-type", format!("cannot find the type `{full}`"))
                .at(place, "not declared in any document")
                .help(help),
        );
    }

    /// The use of a type, from the attribute `Type` and the facets.
    pub(super) fn type_ref(
        &mut self,
        element: &Element,
        names: &Names,
        otherwise: Option<&str>,
    ) -> Option<TypeRef> {
        let written = match (element.value("Type"), otherwise) {
            (Some(written), _) => written.trim().to_owned(),
            (None, Some(otherwise)) => otherwise.to_owned(),
            (None, None) => self.required(element, "Type")?,
        };
        let place = element.place("Type");
        let inner = written.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')'));
        let item = inner.unwrap_or(&written);
        if item.is_empty() || item.contains(['(', ')']) {
            self.diagnostics.push(
                Diagnostic::error("bad-type-name", format!("`{written}` is no type"))
                    .at(place, "expected a qualified name, or `Collection(…)` of one")
                    .help(
                        "collections do not nest; give collections of collections a complex type",
                    ),
            );
            return None;
        }
        let item = self.item_type(names, item, place)?;
        let facets = self.facets(element);
        Some(TypeRef {
            item,
            collection: inner.is_some(),
            nullable: element.flag("Nullable"),
            facets,
        })
    }

    fn item_type(
        &mut self,
        names: &Names,
        name: &str,
        place: crate::source::Span,
    ) -> Option<ItemType> {
        let full = names.full(name);
        // No schema has the namespace of the primitive types.
        let declared = if full.starts_with("Edm.") { None } else { self.model.type_named(&full) };
        match declared {
            Some(TypeId::Structured(id)) => return Some(ItemType::Structured(id)),
            Some(TypeId::Enum(id)) => return Some(ItemType::Enum(id)),
            Some(TypeId::Definition(id)) => return Some(ItemType::Definition(id)),
            None => {}
        }
        // Some services leave the namespace of primitive types away.
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
            if full.starts_with("Edm.") {
                self.diagnostics.push(
                    Diagnostic::error(
                        "unknown-primitive",
                        format!("`{full}` is no primitive type of OData 4"),
                    )
                    .at(place, "expected a type such as Edm.String or Edm.DateTimeOffset")
                    .help("Edm.DateTime of V3 is Edm.DateTimeOffset, Edm.Time is Edm.TimeOfDay"),
                );
            } else if self.passes_as_vocabulary(&full, place) {
                return Some(ItemType::Untyped);
            } else {
                self.unresolved(&full, place);
            }
        }
        known
    }

    fn facets(&mut self, element: &Element) -> Facets {
        let mut number = |name: &str| -> Option<u64> {
            let value = element.value(name)?;
            let parsed = value.parse();
            if parsed.is_err() {
                self.diagnostics.push(
                    Diagnostic::error("bad-facet", format!("`{name}` has the value `{value}`"))
                        .at(element.place(name), "expected a number that is not negative")
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
        Facets { max_length, precision, scale, unicode: element.flag("Unicode"), srid }
    }

    fn property(&mut self, element: &Element, names: &Names) -> Option<Property> {
        let name = self.name(element)?;
        let value = self.type_ref(element, names, None)?;
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
        let value = self.type_ref(element, names, None)?;
        let target = match value.item {
            ItemType::Structured(id) => Some(id),
            ItemType::AnyEntity => None,
            _ => {
                self.diagnostics.push(
                    Diagnostic::error(
                        "wrong-type-kind",
                        format!("the navigation property `{name}` leads to no entity"),
                    )
                    .at(element.place("Type"), "expected an entity type")
                    .help("make it a `Property`, or name an entity type"),
                );
                return None;
            }
        };
        let constraints = element
            .children("ReferentialConstraint")
            .map(|one| ReferentialConstraint {
                property: names.path(one.value("Property").unwrap_or_default()),
                referenced_property: names
                    .path(one.value("ReferencedProperty").unwrap_or_default()),
                annotations: self.inline_annotations(one, names),
                span: one.span,
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
            _ => {
                let expected = "expected Cascade, None, SetNull or SetDefault";
                self.diagnostics.push(
                    Diagnostic::error("bad-enum-attribute", "`OnDelete` has no known action")
                        .at(element.place("Action"), expected)
                        .help("name one of these actions"),
                );
                return None;
            }
        };
        let annotations = self.inline_annotations(element, names);
        Some(OnDelete { action, annotations, span: element.span })
    }

    fn define_enum(&mut self, element: &Element, names: &Names, id: EnumTypeId) {
        let owner = self.model.enum_type(id).name.to_string();
        self.unique(&format!("`{owner}`"), element.children("Member"));
        let underlying = match element.value("UnderlyingType") {
            None => Primitive::Int32,
            Some(written) => {
                let found = Primitive::named(written.strip_prefix("Edm.").unwrap_or(written));
                match found {
                    Some(
                        found @ (Primitive::Byte
                        | Primitive::SByte
                        | Primitive::Int16
                        | Primitive::Int32
                        | Primitive::Int64),
                    ) => found,
                    _ => {
                        self.diagnostics.push(
                            Diagnostic::error(
                                "enum-underlying",
                                format!("`{written}` cannot underlie an enumeration"),
                            )
                            .at(element.place("UnderlyingType"), "expected an integer type")
                            .help("name Edm.Byte, Edm.SByte, Edm.Int16, Edm.Int32 or Edm.Int64"),
                        );
                        Primitive::Int32
                    }
                }
            }
        };
        self.enum_values(element, &owner);
        let mut members = Vec::new();
        let mut next = 0_i64;
        for child in element.children("Member") {
            let Some(name) = self.name(child) else { continue };
            let value = match child.value("Value").map(str::trim) {
                None => next,
                Some(written) => written.parse().unwrap_or_else(|_| {
                    self.diagnostics.push(
                        Diagnostic::error(
                            "enum-value",
                            format!("the member `{name}` has the value `{written}`"),
                        )
                        .at(child.place("Value"), "expected an integer")
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

    /// Either all members say their value, or none does; of flags all must.
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
        let message = format!("some members of `{owner}` say no value");
        let diagnostic = if with.is_empty() {
            Diagnostic::violation("enum-value", message)
        } else {
            Diagnostic::error("enum-value", message)
        };
        self.diagnostics.push(
            diagnostic
                .at(silent.place("Name"), "without a value")
                .help("give every member a `Value`"),
        );
    }

    fn define_definition(&mut self, element: &Element, names: &Names, id: TypeDefinitionId) {
        let underlying = self.required(element, "UnderlyingType");
        let found = underlying
            .as_deref()
            .and_then(|name| Primitive::named(name.strip_prefix("Edm.").unwrap_or(name)));
        if found.is_none() && underlying.is_some() {
            self.diagnostics.push(
                Diagnostic::error("unknown-primitive", "the underlying type is no primitive type")
                    .at(element.place("UnderlyingType"), "expected a type such as Edm.String")
                    .help("a type definition gives a primitive type another name"),
            );
        }
        let facets = self.facets(element);
        let annotations = self.inline_annotations(element, names);
        let declared = &mut self.model.type_definitions[id.0 as usize];
        declared.underlying = found.unwrap_or(Primitive::String);
        declared.facets = facets;
        declared.annotations = annotations;
    }

    pub(super) fn terms(&mut self, schema: &Element, names: &Names) {
        let Some(namespace) = schema.value("Namespace") else { return };
        for element in schema.children("Term") {
            let Some(name) = self.name(element) else { continue };
            let Some(value) = self.type_ref(element, names, None) else { continue };
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

    /// A type derived from an open one is open, whatever it says.
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
