//! Whether a value fits a type. Results of functions and targets of paths are not checked.

use crate::odata::edm::vocabulary::standard;
use crate::odata::edm::{
    EnumTypeId, Expression, ItemType, Model, Primitive, QualifiedName, Record, StructuredTypeId,
    Term, TypeId, TypeRef,
};

/// What is wrong with a value.
pub(super) enum Problem {
    /// It is of another type.
    Value(String),
    /// A record has a property that its type does not have.
    Property { name: String, of: QualifiedName },
}

/// A comparison of values with types, which may come from the given model or a standard vocabulary.
pub(super) struct Fit<'m> {
    given: &'m Model,
    problems: Vec<Problem>,
}

impl<'m> Fit<'m> {
    pub(super) fn new(given: &'m Model) -> Self {
        Self { given, problems: Vec::new() }
    }

    /// What is wrong with the value of a term that `owner` declares.
    pub(super) fn problems(
        mut self,
        owner: &'m Model,
        term: &Term,
        value: &Expression,
    ) -> Vec<Problem> {
        // A term with a default is often a tag, and an annotation without a value means `true`.
        let without_value =
            term.value.collection || matches!(term.value.item, ItemType::Structured(_));
        let is_tag = matches!(value, Expression::Bool(_)) && term.default.is_some()
            || *value == Expression::Bool(true) && without_value;
        if !is_tag {
            self.value(owner, &term.value, value);
        }
        self.problems
    }

    fn value(&mut self, owner: &'m Model, expected: &TypeRef, value: &Expression) {
        use Expression as E;
        match value {
            E::Collection(items) if expected.collection => {
                let item = TypeRef { collection: false, ..expected.clone() };
                items.iter().for_each(|one| self.value(owner, &item, one));
            }
            E::LabeledElement { value, .. } => self.value(owner, expected, value),
            E::If(branches) => {
                branches.iter().skip(1).for_each(|one| self.value(owner, expected, one));
            }
            E::Path { .. }
            | E::Null
            | E::Apply { .. }
            | E::Operator { .. }
            | E::Cast { .. }
            | E::IsOf { .. }
            | E::LabeledElementReference(_)
            | E::UrlRef(_) => {}
            _ if expected.item == ItemType::Untyped => {}
            E::Collection(_) => self.wrong(owner, expected, "a collection"),
            E::Record(record) if !expected.collection => self.record(owner, expected, record),
            E::Record(_) => self.wrong(owner, expected, "a single record"),
            _ if expected.collection => self.wrong(owner, expected, "a single value"),
            constant => {
                if let Some(what) = self.constant(owner, expected.item, constant) {
                    self.wrong(owner, expected, &what);
                }
            }
        }
    }

    fn wrong(&mut self, owner: &Model, expected: &TypeRef, found: &str) {
        let message = format!("{found} is not of the type `{}`", owner.type_name(expected));
        self.problems.push(Problem::Value(message));
    }

    /// A description of a constant, if it is not a value of a type.
    fn constant(&self, owner: &Model, item: ItemType, value: &Expression) -> Option<String> {
        use Expression as E;
        use Primitive as P;
        let item = match item {
            ItemType::Definition(id) => ItemType::Primitive(owner.definition(id).underlying),
            other => other,
        };
        let kind = match item {
            ItemType::Primitive(kind) => kind,
            ItemType::Enum(id) => return self.member(owner, id, value),
            ItemType::Structured(_) | ItemType::AnyComplex | ItemType::AnyEntity => {
                return Some("a constant".to_owned());
            }
            // Documents write paths as texts.
            ItemType::Path(_) if !matches!(value, E::String(_)) => {
                return Some("a constant".to_owned());
            }
            _ => return None,
        };
        let (what, fits) = match value {
            E::Bool(_) => ("a Boolean", matches!(kind, P::Boolean)),
            E::Int(_) => (
                "an integer",
                is_integer(kind) || matches!(kind, P::Decimal | P::Double | P::Single),
            ),
            E::Decimal(_) | E::Float(_) => {
                ("a number", matches!(kind, P::Decimal | P::Double | P::Single))
            }
            E::String(_) => ("a text", !matches!(kind, P::Boolean) && !is_integer(kind)),
            E::Date(_) => ("a date", matches!(kind, P::Date)),
            E::DateTimeOffset(_) => ("a point in time", matches!(kind, P::DateTimeOffset)),
            E::Duration(_) => ("a duration", matches!(kind, P::Duration)),
            E::TimeOfDay(_) => ("a time of day", matches!(kind, P::TimeOfDay)),
            E::Guid(_) => ("a GUID", matches!(kind, P::Guid)),
            E::Binary(_) => ("a binary value", matches!(kind, P::Binary | P::Stream)),
            E::EnumMember(_) => ("a member of an enumeration", false),
            _ => return None,
        };
        (!fits).then(|| what.to_owned())
    }

    fn member(&self, owner: &Model, id: EnumTypeId, value: &Expression) -> Option<String> {
        let declared = owner.enum_type(id);
        let members = match value {
            Expression::EnumMember(members) => members,
            Expression::Int(_) => return None,
            _ => return Some("a constant".to_owned()),
        };
        let name = declared.name.to_string();
        members.iter().find_map(|one| {
            let (of, member) = one.split_once('/').unwrap_or((&name, one));
            let known = declared.members.iter().any(|one| one.name == member);
            (of != name || !known).then(|| format!("`{one}`"))
        })
    }

    fn record(&mut self, owner: &'m Model, expected: &TypeRef, record: &Record) {
        let declared = match expected.item {
            ItemType::Structured(id) => Some((owner, id)),
            ItemType::AnyComplex | ItemType::AnyEntity => None,
            // The value of a stream may be JSON.
            ItemType::Primitive(Primitive::Stream) => return,
            ItemType::Definition(id) if owner.definition(id).underlying == Primitive::Stream => {
                return;
            }
            _ => return self.wrong(owner, expected, "a record"),
        };
        let own = match &record.type_name {
            Some(name) => match self.named(name) {
                Some(found) => Some(found),
                // Nothing is known about a type that no document declares.
                None => return,
            },
            None => declared,
        };
        let Some((owner, id)) = own else { return };
        if let Some((base_owner, base)) = declared {
            let base = &base_owner.structured(base).name;
            if owner.bases(id).iter().all(|one| owner.structured(*one).name != *base) {
                let name = &owner.structured(id).name;
                let message = format!("`{name}` is not derived from `{base}`");
                self.problems.push(Problem::Value(message));
                return;
            }
        }
        self.properties(owner, id, record);
    }

    fn properties(&mut self, owner: &'m Model, id: StructuredTypeId, record: &Record) {
        let declared = owner.structured(id);
        let members = owner.members(id);
        // A record of an abstract type has a derived type, though it does not state which.
        let is_open = declared.is_open || declared.is_abstract && record.type_name.is_none();
        for one in &record.properties {
            let name = &one.property;
            let mut properties = members.properties.iter();
            if let Some((_, property)) = properties.find(|(_, other)| other.name == *name) {
                self.value(owner, &property.value, &one.value);
                continue;
            }
            // A later version of a standard vocabulary has more properties than are known here.
            let certain = std::ptr::eq(owner, self.given)
                || members.names().any(|other| other.eq_ignore_ascii_case(name));
            if certain && !is_open && members.names().all(|other| other != name) {
                let of = declared.name.clone();
                self.problems.push(Problem::Property { name: name.clone(), of });
            }
        }
    }

    /// A structured type of the given model, or else of a standard vocabulary.
    fn named(&self, name: &str) -> Option<(&'m Model, StructuredTypeId)> {
        [self.given, &standard().model].into_iter().find_map(|model| {
            match model.type_named(name)? {
                TypeId::Structured(id) => Some((model, id)),
                _ => None,
            }
        })
    }
}

fn is_integer(kind: Primitive) -> bool {
    use Primitive as P;
    matches!(kind, P::Byte | P::SByte | P::Int16 | P::Int32 | P::Int64)
}
