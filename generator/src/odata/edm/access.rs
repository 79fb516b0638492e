//! Queries on a model.

use super::{
    Container, EnumType, EnumTypeId, ItemType, Key, Model, Operation, OperationId, QualifiedName,
    Schema, StructuredType, StructuredTypeId, TypeDefinition, TypeDefinitionId, TypeId, TypeRef,
};
use crate::input::source::Span;
use std::collections::BTreeMap;
use std::fmt;

impl QualifiedName {
    /// Splits a qualified name at its last dot.
    pub fn parse(qualified: &str) -> Option<Self> {
        let (namespace, name) = qualified.rsplit_once('.')?;
        Some(Self { namespace: namespace.to_owned(), name: name.to_owned() })
    }
}

impl QualifiedName {
    /// Whether a text is this name.
    pub(crate) fn is(&self, qualified: &str) -> bool {
        let namespace = qualified.strip_suffix(self.name.as_str());
        namespace.and_then(|rest| rest.strip_suffix('.')) == Some(&self.namespace)
    }
}

impl fmt::Display for QualifiedName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.namespace, self.name)
    }
}

impl Container {
    /// Whether this is its qualified name, or that of a container that it extends.
    pub fn is_called(&self, qualified: &str) -> bool {
        std::iter::once(&self.name).chain(&self.extends).any(|name| name.is(qualified))
    }
}

impl Schema {
    /// The alias, if it is another name than the namespace.
    pub fn other_name(&self) -> Option<&str> {
        self.alias.as_deref().filter(|alias| *alias != self.namespace)
    }
}

impl Model {
    /// The qualified names for a name whose namespace may be an alias: one for each namespace that
    /// has the alias.
    pub fn unaliased(&self, name: &str) -> impl Iterator<Item = String> {
        let parts = name.rsplit_once('.');
        parts.into_iter().flat_map(|(space, simple)| {
            let aliased =
                self.schemas.iter().filter(move |one| one.alias.as_deref() == Some(space));
            aliased.map(move |one| format!("{}.{simple}", one.namespace))
        })
    }

    /// A name with the alias of its namespace, if the namespace has one.
    pub fn aliased(&self, name: &QualifiedName) -> Option<String> {
        let schema = self.schemas.iter().find(|one| one.namespace == name.namespace)?;
        Some(format!("{}.{}", schema.other_name()?, name.name))
    }

    /// A structured type. The ids of a model are valid indices into it.
    pub fn structured(&self, id: StructuredTypeId) -> &StructuredType {
        &self.structured_types[id.0 as usize]
    }

    /// An enumeration type.
    pub fn enum_type(&self, id: EnumTypeId) -> &EnumType {
        &self.enum_types[id.0 as usize]
    }

    /// A type definition.
    pub fn definition(&self, id: TypeDefinitionId) -> &TypeDefinition {
        &self.type_definitions[id.0 as usize]
    }

    /// An operation.
    pub fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.0 as usize]
    }

    /// Where a type is declared.
    pub fn type_span(&self, id: TypeId) -> Span {
        match id {
            TypeId::Structured(id) => self.structured(id).span,
            TypeId::Enum(id) => self.enum_type(id).span,
            TypeId::Definition(id) => self.definition(id).span,
        }
    }

    /// The type with a qualified name, or that of one of its versions.
    pub fn type_named(&self, qualified: &str) -> Option<TypeId> {
        let name = QualifiedName::parse(qualified)?;
        let version = || self.versions.get(&name).copied().map(TypeId::Structured);
        self.types_by_name.get(&name).copied().or_else(version)
    }

    /// The qualified name of a type as it is used, in `Collection(…)` if it is a collection.
    pub fn type_name(&self, value: &TypeRef) -> String {
        let item = self.item_name(value.item);
        if value.collection { format!("Collection({item})") } else { item }
    }

    /// The qualified name of the type of an item.
    pub fn item_name(&self, item: ItemType) -> String {
        match item {
            ItemType::Structured(id) => self.structured(id).name.to_string(),
            ItemType::Enum(id) => self.enum_type(id).name.to_string(),
            ItemType::Definition(id) => self.definition(id).name.to_string(),
            ItemType::Primitive(primitive) => primitive.to_string(),
            ItemType::Untyped => "Edm.Untyped".to_owned(),
            ItemType::AnyPrimitive => "Edm.PrimitiveType".to_owned(),
            ItemType::AnyComplex => "Edm.ComplexType".to_owned(),
            ItemType::AnyEntity => "Edm.EntityType".to_owned(),
            ItemType::Path(kind) => format!("Edm.{}", kind.name()),
        }
    }

    /// A type and its bases, the root last; a cycle is followed once.
    pub fn bases(&self, id: StructuredTypeId) -> Vec<StructuredTypeId> {
        let mut bases = vec![id];
        let mut at = id;
        while let Some(base) = self.structured(at).base.filter(|base| !bases.contains(base)) {
            bases.push(base);
            at = base;
        }
        bases
    }

    /// The key of an entity type, its own or inherited.
    pub fn effective_key(&self, id: StructuredTypeId) -> Option<&Key> {
        self.bases(id).into_iter().find_map(|base| self.structured(base).key.as_ref())
    }

    /// For each structured type, the types derived from it directly or indirectly, by qualified
    /// name.
    pub fn descendants(&self) -> BTreeMap<StructuredTypeId, Vec<StructuredTypeId>> {
        let mut descendants: BTreeMap<StructuredTypeId, Vec<StructuredTypeId>> =
            self.structured_ids().map(|id| (id, Vec::new())).collect();
        for found in self.types_by_name.values() {
            let TypeId::Structured(id) = found else { continue };
            for base in self.bases(*id).into_iter().skip(1) {
                descendants.entry(base).or_default().push(*id);
            }
        }
        descendants
    }

    /// The operations that are bound to a structured type or to a collection of it.
    pub fn bound_operations(&self) -> BTreeMap<(StructuredTypeId, bool), Vec<OperationId>> {
        let mut bound: BTreeMap<_, Vec<OperationId>> = BTreeMap::new();
        for (at, operation) in (0..).zip(&self.operations) {
            let binding = operation.binding_parameter();
            if let Some(TypeRef { item: ItemType::Structured(id), collection, .. }) =
                binding.map(|parameter| &parameter.value)
            {
                bound.entry((*id, *collection)).or_default().push(OperationId(at));
            }
        }
        bound
    }

    /// The ids of all structured types, in the order of the documents.
    pub fn structured_ids(&self) -> impl Iterator<Item = StructuredTypeId> + use<> {
        (0..u32::try_from(self.structured_types.len()).unwrap_or(u32::MAX)).map(StructuredTypeId)
    }
}
