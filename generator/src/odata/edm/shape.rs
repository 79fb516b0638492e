//! The members of a type: its own, and those that it inherits.
//!
//! Enters: a model. Leaves: for each structured type the members that its objects have. Must not
//! know: how they are used.
//!
//! A member that a derived type declares again keeps its place and has the narrower declaration. No
//! type has a property and a navigation property of one name; the resolver ensures that.

use super::{Annotations, Model, NavigationProperty, Property, StructuredTypeId};
use crate::input::source::Span;
use std::sync::OnceLock;

/// A member of a structured type.
#[derive(Clone, Copy, Debug)]
pub enum Member<'m> {
    /// A structural property.
    Property(&'m Property),
    /// A navigation property.
    Navigation(&'m NavigationProperty),
}

impl<'m> Member<'m> {
    /// The name.
    pub fn name(self) -> &'m str {
        match self {
            Self::Property(one) => &one.name,
            Self::Navigation(one) => &one.name,
        }
    }

    /// Where it is declared.
    pub fn span(self) -> Span {
        match self {
            Self::Property(one) => one.span,
            Self::Navigation(one) => one.span,
        }
    }

    /// Its annotations.
    pub fn annotations(self) -> &'m Annotations {
        match self {
            Self::Property(one) => &one.annotations,
            Self::Navigation(one) => &one.annotations,
        }
    }
}

/// The members of a type, inherited ones first, each with the type that declares it.
#[derive(Clone, Debug, Default)]
pub struct Members<'m> {
    /// The structural properties.
    pub properties: Vec<(StructuredTypeId, &'m Property)>,
    /// The navigation properties.
    pub navigation_properties: Vec<(StructuredTypeId, &'m NavigationProperty)>,
}

impl<'m> Members<'m> {
    /// All members, structural properties first.
    pub fn iter(&self) -> impl Iterator<Item = (StructuredTypeId, Member<'m>)> {
        let properties = self.properties.iter().map(|(id, one)| (*id, Member::Property(one)));
        let navigations = self.navigation_properties.iter();
        properties.chain(navigations.map(|(id, one)| (*id, Member::Navigation(one))))
    }

    /// The names of all members.
    pub fn names(&self) -> impl Iterator<Item = &'m str> {
        self.iter().map(|(_, one)| one.name())
    }
}

impl Model {
    /// The members of a type.
    pub fn members(&self, id: StructuredTypeId) -> Members<'_> {
        let mut members = Members::default();
        for base in self.bases(id).into_iter().rev() {
            let declared = self.structured(base);
            narrow(&mut members.properties, base, &declared.properties, |one| &one.name);
            let navigations = &declared.navigation_properties;
            narrow(&mut members.navigation_properties, base, navigations, |one| &one.name);
        }
        members
    }

    /// The member of a type with a name, and the type that declares it.
    pub fn member(
        &self,
        id: StructuredTypeId,
        name: &str,
    ) -> Option<(StructuredTypeId, Member<'_>)> {
        self.bases(id).into_iter().find_map(|base| {
            let declared = self.structured(base);
            let properties = declared.properties.iter().map(Member::Property);
            let navigations = declared.navigation_properties.iter().map(Member::Navigation);
            let found = properties.chain(navigations).find(|one| one.name() == name)?;
            Some((base, found))
        })
    }
}

/// Adds what a type declares to what it inherits.
fn narrow<'m, T>(
    members: &mut Vec<(StructuredTypeId, &'m T)>,
    owner: StructuredTypeId,
    own: &'m [T],
    name: impl Fn(&T) -> &str,
) {
    let inherited = members.len();
    members.reserve(own.len());
    for one in own {
        let known = members[..inherited].iter_mut().find(|(_, other)| name(other) == name(one));
        match known {
            Some(known) => *known = (owner, one),
            None => members.push((owner, one)),
        }
    }
}

/// The members of all types of a model, each found when it is first asked for.
#[derive(Clone, Debug)]
pub struct MembersByType<'m> {
    model: &'m Model,
    found: Vec<OnceLock<Members<'m>>>,
}

impl<'m> MembersByType<'m> {
    /// The members of the types of a model.
    pub fn new(model: &'m Model) -> Self {
        let found = model.structured_ids().map(|_| OnceLock::new()).collect();
        Self { model, found }
    }

    /// The members of a type.
    pub fn of(&self, id: StructuredTypeId) -> &Members<'m> {
        self.found[id.0 as usize].get_or_init(|| self.model.members(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::config::Unresolved;
    use crate::input::session::Session;

    const TYPES: &str = r#"<edmx:Edmx Version="4.01" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="s" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="base"><Property Name="a" Type="Edm.PrimitiveType"/><Property Name="b" Type="Edm.String"/>
<NavigationProperty Name="next" Type="s.base"/></EntityType>
<EntityType Name="derived" BaseType="s.base"><Property Name="c" Type="Edm.String"/>
<Property Name="a" Type="Edm.Int32"/><NavigationProperty Name="next" Type="s.derived"/></EntityType>
</Schema></edmx:DataServices></edmx:Edmx>"#;

    #[test]
    fn what_is_declared_again_keeps_its_place_and_is_narrower() {
        let mut session = Session::new();
        session.add("s.csdl", TYPES.as_bytes()).expect("text");
        let model = session.read(Unresolved::Error).expect("a model");
        let [base, derived] = [0, 1].map(StructuredTypeId);
        let table = MembersByType::new(&model);
        let shown = |id| -> Vec<(StructuredTypeId, &str)> {
            table.of(id).iter().map(|(owner, one)| (owner, one.name())).collect()
        };
        assert_eq!(shown(base), [(base, "a"), (base, "b"), (base, "next")]);
        let expected = [(derived, "a"), (base, "b"), (derived, "c"), (derived, "next")];
        assert_eq!(shown(derived), expected);
        // A member is identified by its name.
        for (owner, one) in table.of(derived).iter() {
            let (other, found) = model.member(derived, one.name()).expect("the member");
            assert_eq!((other, found.span()), (owner, one.span()), "{}", one.name());
        }
        assert!(model.member(base, "c").is_none());
    }
}
