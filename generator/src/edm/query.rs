//! What can be asked of a model.

use super::{
    Container, EnumType, EnumTypeId, Key, Model, NavigationProperty, Operation, OperationId,
    Property, QualifiedName, StructuredType, StructuredTypeId, TypeDefinition, TypeDefinitionId,
    TypeId,
};
use std::fmt;

impl QualifiedName {
    /// Splits a qualified name at its last dot.
    pub fn parse(qualified: &str) -> Option<Self> {
        let (namespace, name) = qualified.rsplit_once('.')?;
        Some(Self { namespace: namespace.to_owned(), name: name.to_owned() })
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
        std::iter::once(&self.name).chain(&self.extends).any(|name| name.to_string() == qualified)
    }
}

impl Model {
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

    /// The type with a qualified name.
    pub fn type_named(&self, qualified: &str) -> Option<TypeId> {
        self.types_by_name.get(&QualifiedName::parse(qualified)?).copied()
    }

    /// A type and its bases, the root last; a cycle ends where it closes.
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

    /// The structural properties of a type, inherited ones first, each with its declaring type.
    /// A property that is declared again keeps its place and takes the narrower declaration.
    pub fn all_properties(&self, id: StructuredTypeId) -> Vec<(StructuredTypeId, &Property)> {
        let mut found: Vec<(StructuredTypeId, &Property)> = Vec::new();
        for base in self.bases(id).into_iter().rev() {
            for property in &self.structured(base).properties {
                match found.iter_mut().find(|(_, other)| other.name == property.name) {
                    Some(inherited) => *inherited = (base, property),
                    None => found.push((base, property)),
                }
            }
        }
        found
    }

    /// The navigation properties of a type, inherited ones first, each with its declaring type.
    pub fn all_navigation_properties(
        &self,
        id: StructuredTypeId,
    ) -> Vec<(StructuredTypeId, &NavigationProperty)> {
        let mut found: Vec<(StructuredTypeId, &NavigationProperty)> = Vec::new();
        for base in self.bases(id).into_iter().rev() {
            for navigation in &self.structured(base).navigation_properties {
                match found.iter_mut().find(|(_, other)| other.name == navigation.name) {
                    Some(inherited) => *inherited = (base, navigation),
                    None => found.push((base, navigation)),
                }
            }
        }
        found
    }

    /// The types derived from a type, directly or not, by qualified name.
    pub fn descendants(&self, id: StructuredTypeId) -> Vec<StructuredTypeId> {
        self.types_by_name
            .values()
            .filter_map(|found| match found {
                TypeId::Structured(found) => Some(*found),
                TypeId::Enum(_) | TypeId::Definition(_) => None,
            })
            .filter(|found| *found != id && self.bases(*found).contains(&id))
            .collect()
    }
}
