//! A service as a graph: places, and the path segments that go from one to the next.
//!
//! Enters: a model. Leaves: the places, the segments that may follow each, and the first path to each
//! by an order. Must not know: patterns, requests, names in Rust.
//!
//! Slices, path types, free functions, the meaning of URLs and the requests of a comparison walk this
//! one graph. Which segments a walk leaves out is an explicit choice ([`Follow`]).

use super::{
    EntitySet, ItemType, MembersByType, Model, NavigationProperty, OperationId, OperationImport,
    OperationKind, Property, QualifiedName, Singleton, StructuredKind, StructuredTypeId, TypeRef,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::fmt;

/// A base with more descendants than this is a root of the model: readers expect any type there, no
/// address ends at one, and casts from it would be most types once more.
pub(crate) const WIDEST_BASE: usize = 256;

/// What a path refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Node {
    /// The service root.
    Root,
    /// An object or a collection of objects of a structured type.
    Resource {
        /// The declared type.
        object: StructuredTypeId,
        /// Whether it is a collection.
        collection: bool,
    },
    /// A value at which every path ends.
    Value,
}

/// One segment of a path, and the place that it goes to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge<'m> {
    pub(crate) step: Step<'m>,
    pub(crate) to: Node,
}

/// The model element of a segment.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'m> {
    /// A key.
    Key,
    /// An entity set.
    Set(&'m EntitySet),
    /// A singleton.
    Singleton(&'m Singleton),
    /// An operation import, and one of its overloads.
    Import(&'m OperationImport, OperationId),
    /// A navigation property, with the type that declares it.
    Navigation(StructuredTypeId, &'m NavigationProperty),
    /// A structural property, with the type that declares it.
    Property(StructuredTypeId, &'m Property),
    /// An overload of a bound operation, by its qualified name.
    Operation(OperationId, &'m QualifiedName),
    /// A derived type.
    Cast(&'m QualifiedName),
}

/// The text of a segment in a path.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Label<'m> {
    /// A key.
    Key,
    /// The name of a property or of a member of the container.
    Name(&'m str),
    /// The name of a type or an operation, with its namespace; for an operation also without.
    Qualified(&'m QualifiedName),
}

impl<'m> Step<'m> {
    /// Its text in a path.
    pub(crate) fn label(self) -> Label<'m> {
        match self {
            Self::Key => Label::Key,
            Self::Set(one) => Label::Name(&one.name),
            Self::Singleton(one) => Label::Name(&one.name),
            Self::Import(one, _) => Label::Name(&one.name),
            Self::Navigation(_, one) => Label::Name(&one.name),
            Self::Property(_, one) => Label::Name(&one.name),
            Self::Operation(_, name) | Self::Cast(name) => Label::Qualified(name),
        }
    }

    /// The operation that it calls.
    pub(crate) fn operation(self) -> Option<OperationId> {
        match self {
            Self::Import(_, id) | Self::Operation(id, _) => Some(id),
            _ => None,
        }
    }
}

impl Label<'_> {
    /// Whether a path may have this text for it.
    pub(crate) fn is(self, written: &str) -> bool {
        match self {
            Self::Key => false,
            Self::Name(name) => name == written,
            Self::Qualified(name) => name.name == written || name.is(written),
        }
    }
}

/// As a path has it, operations with their namespace.
impl fmt::Display for Label<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key => formatter.write_str("{id}"),
            Self::Name(name) => formatter.write_str(name),
            Self::Qualified(name) => name.fmt(formatter),
        }
    }
}

/// A path as documentation and reports show it, with a placeholder for each key and argument. The
/// shortest one comes first: by segments, then by length, then by text. One that calls a function comes
/// after those that do not.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Template {
    calls: usize,
    segments: usize,
    length: usize,
    text: String,
}

impl Template {
    /// The path that goes on with one more segment, which has this text.
    pub(crate) fn with(&self, step: Step<'_>, segment: &str) -> Self {
        let text = [&self.text, segment].concat();
        let is_call = matches!(step, Step::Import(..) | Step::Operation(..));
        Self {
            calls: self.calls + usize::from(is_call),
            segments: self.segments + 1,
            length: text.len(),
            text,
        }
    }

    /// Its text, which is empty at the service root.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }
}

/// Which segments a walk takes besides entity sets, singletons and keys.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Follow {
    /// Which navigation properties.
    pub(crate) navigations: Navigations,
    /// Which structural properties.
    pub(crate) properties: Properties,
    /// Whether to take casts to derived types.
    pub(crate) casts: bool,
    /// Whether to take operations and their imports. A path continues only from the result of a
    /// composable function.
    pub(crate) operations: bool,
}

/// Which navigation properties a walk takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Navigations {
    /// All of them.
    All,
    /// Those that contain their targets.
    Contained,
}

/// Which structural properties a walk takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Properties {
    /// All of them.
    All,
    /// Those whose values are objects, through which paths go on.
    Objects,
    /// None.
    None,
}

impl Follow {
    /// Every segment that a path can have.
    pub(crate) const EVERYTHING: Self = Self {
        navigations: Navigations::All,
        properties: Properties::All,
        casts: true,
        operations: true,
    };
}

/// The graph of one model.
#[derive(Clone, Debug)]
pub(crate) struct Service<'m> {
    pub(crate) model: &'m Model,
    /// The types derived from each type, directly or indirectly.
    pub(crate) descendants: BTreeMap<StructuredTypeId, Vec<StructuredTypeId>>,
    /// The members of all types, inherited ones included.
    pub(crate) members: MembersByType<'m>,
    /// The operations that are bound to a type or to a collection of it.
    bound: BTreeMap<(StructuredTypeId, bool), Vec<OperationId>>,
}

impl<'m> Service<'m> {
    pub(crate) fn new(model: &'m Model) -> Self {
        Self {
            model,
            descendants: model.descendants(),
            members: MembersByType::new(model),
            bound: model.bound_operations(),
        }
    }

    /// The operations that are bound to a type or one of its bases, or to a collection of them; those
    /// of the root come first. One of a derived type hides one of a base that is called the same way.
    pub(crate) fn bound(&self, id: StructuredTypeId, collection: bool) -> Vec<OperationId> {
        let mut found: Vec<OperationId> = Vec::new();
        for base in self.model.bases(id).into_iter().rev() {
            let Some(own) = self.bound.get(&(base, collection)) else { continue };
            let is_hidden = |inherited: OperationId| {
                let inherited = self.model.operation(inherited);
                own.iter().any(|one| self.model.operation(*one).is_called_like(inherited))
            };
            found.retain(|inherited| !is_hidden(*inherited));
            found.extend(own);
        }
        found
    }

    /// The segments that may follow a place: at an object the navigation properties, the derived
    /// types, the operations, and the structural properties, in this order.
    pub(crate) fn edges(&self, node: Node, follow: Follow) -> Vec<Edge<'m>> {
        let mut edges = Vec::new();
        match node {
            Node::Root => self.roots(follow, &mut edges),
            Node::Resource { object, collection } => {
                if !collection {
                    self.navigations(object, follow, &mut edges);
                } else if self.model.structured(object).kind == StructuredKind::Entity {
                    let to = Node::Resource { object, collection: false };
                    edges.push(Edge { step: Step::Key, to });
                }
                if follow.casts {
                    edges.extend(self.descendants[&object].iter().map(|derived| Edge {
                        step: Step::Cast(&self.model.structured(*derived).name),
                        to: Node::Resource { object: *derived, collection },
                    }));
                }
                if follow.operations {
                    edges.extend(self.bound(object, collection).into_iter().map(|id| Edge {
                        step: Step::Operation(id, &self.model.operation(id).name),
                        to: self.result(id),
                    }));
                }
                if !collection {
                    self.properties(object, follow, &mut edges);
                }
            }
            Node::Value => {}
        }
        edges
    }

    /// The first path to each place, by the order of paths. `start` is the path to the root, and `go`
    /// adds a segment, unless the walk does not take it; a longer path has to come later in the order.
    pub(crate) fn first_paths<P: Ord>(
        &self,
        follow: Follow,
        start: P,
        go: impl Fn(&P, &Edge<'m>) -> Option<P>,
    ) -> BTreeMap<Node, P> {
        let mut open = BinaryHeap::from([Reverse((start, Node::Root))]);
        let mut found = BTreeMap::new();
        while let Some(Reverse((path, node))) = open.pop() {
            if found.contains_key(&node) {
                continue;
            }
            for edge in self.edges(node, follow) {
                if edge.to != Node::Value && !found.contains_key(&edge.to) {
                    open.extend(go(&path, &edge).map(|next| Reverse((next, edge.to))));
                }
            }
            found.insert(node, path);
        }
        found
    }

    fn roots(&self, follow: Follow, edges: &mut Vec<Edge<'m>>) {
        let Some(container) = &self.model.container else { return };
        let resource = |object, collection| Node::Resource { object, collection };
        edges.extend(
            container
                .entity_sets
                .iter()
                .map(|set| Edge { step: Step::Set(set), to: resource(set.entity_type, true) }),
        );
        edges.extend(
            container.singletons.iter().map(|one| Edge {
                step: Step::Singleton(one),
                to: resource(one.entity_type, false),
            }),
        );
        if follow.operations {
            edges.extend(container.imports.iter().flat_map(|import| {
                import.operations.iter().map(|operation| Edge {
                    step: Step::Import(import, *operation),
                    to: self.result(*operation),
                })
            }));
        }
    }

    fn navigations(&self, object: StructuredTypeId, follow: Follow, edges: &mut Vec<Edge<'m>>) {
        for &(owner, navigation) in &self.members.of(object).navigation_properties {
            if follow.navigations == Navigations::All || navigation.contains_target {
                let collection = navigation.collection;
                edges.push(Edge {
                    step: Step::Navigation(owner, navigation),
                    to: navigation
                        .target
                        .map_or(Node::Value, |object| Node::Resource { object, collection }),
                });
            }
        }
    }

    fn properties(&self, object: StructuredTypeId, follow: Follow, edges: &mut Vec<Edge<'m>>) {
        for &(owner, property) in &self.members.of(object).properties {
            let to = self.held(&property.value);
            let takes = match follow.properties {
                Properties::All => true,
                Properties::Objects => to != Node::Value,
                Properties::None => false,
            };
            if takes {
                edges.push(Edge { step: Step::Property(owner, property), to });
            }
        }
    }

    /// The place after a structural property. One that has an entity type violates a rule, and its
    /// value has no path.
    fn held(&self, value: &TypeRef) -> Node {
        match resource(value) {
            Node::Resource { object, .. }
                if self.model.structured(object).kind == StructuredKind::Entity =>
            {
                Node::Value
            }
            to => to,
        }
    }

    /// The place after a call: only the result of a composable function can be followed.
    fn result(&self, operation: OperationId) -> Node {
        let operation = self.model.operation(operation);
        let follows = operation.kind == OperationKind::Function && operation.is_composable;
        match &operation.return_type {
            Some(returned) if follows => resource(&returned.value),
            _ => Node::Value,
        }
    }
}

fn resource(value: &TypeRef) -> Node {
    match value.item {
        ItemType::Structured(object) => Node::Resource { object, collection: value.collection },
        _ => Node::Value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::config::Unresolved;
    use crate::input::session::Session;

    const SERVICE: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="s" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="person"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>
<Property Name="home" Type="s.home"/>
<NavigationProperty Name="friends" Type="Collection(s.person)"/>
<NavigationProperty Name="photo" Type="s.photo" ContainsTarget="true"/></EntityType>
<EntityType Name="clerk" BaseType="s.person"><NavigationProperty Name="desk" Type="s.desk" ContainsTarget="true"/></EntityType>
<ComplexType Name="home"><NavigationProperty Name="country" Type="s.country" ContainsTarget="true"/></ComplexType>
<EntityType Name="photo"/><EntityType Name="desk"/><EntityType Name="country"/><EntityType Name="secret"/>
<Function Name="best" IsBound="true" IsComposable="true"><Parameter Name="of" Type="Collection(s.person)"/><ReturnType Type="s.secret"/></Function>
<Action Name="wave" IsBound="true"><Parameter Name="to" Type="s.person"/><ReturnType Type="s.secret"/></Action>
<EntityContainer Name="c"><EntitySet Name="people" EntityType="s.person"/><Singleton Name="me" Type="s.clerk"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>"#;

    const NOTHING: Follow = Follow {
        navigations: Navigations::Contained,
        properties: Properties::None,
        casts: false,
        operations: false,
    };

    fn model(document: &str) -> Model {
        let mut session = Session::new();
        session.add("s.csdl", document.as_bytes()).expect("text");
        session.read(Unresolved::Error).expect("a model")
    }

    /// The types that a walk finds, each with the shortest path to one of them.
    fn found(follow: Follow) -> Vec<String> {
        let model = model(SERVICE);
        let go = |(length, path): &(usize, String), edge: &Edge<'_>| {
            Some((length + 1, format!("{path}/{}", edge.step.label())))
        };
        let paths = Service::new(&model).first_paths(follow, (0, String::new()), go);
        let single = |(node, (_, path))| match node {
            Node::Resource { object, collection: false } => {
                Some(format!("{} {path}", model.structured(object).name.name))
            }
            _ => None,
        };
        paths.into_iter().filter_map(single).collect()
    }

    #[test]
    fn a_walk_takes_what_it_names() {
        let contained = ["person /people/{id}", "clerk /me", "photo /me/photo", "desk /me/desk"];
        assert_eq!(found(NOTHING), contained);
        let through_objects = Follow { properties: Properties::Objects, ..NOTHING };
        let more = ["home /me/home", "country /me/home/country"];
        assert_eq!(
            found(through_objects),
            [&contained[..2], &more[..1], &contained[2..], &more[1..]].concat()
        );
        // A path continues only after a composable function.
        let operated = Follow { operations: true, ..NOTHING };
        assert_eq!(found(operated), [&contained[..], &["secret /people/s.best"]].concat());
    }

    #[test]
    fn casts_and_references_are_choices() {
        let all = Follow { navigations: Navigations::All, ..NOTHING };
        assert!(found(all).contains(&"person /people/{id}".to_owned()));
        let everything = found(Follow::EVERYTHING);
        assert!(everything.contains(&"country /me/home/country".to_owned()), "{everything:?}");
        let model = model(&SERVICE.replace(r#"<Singleton Name="me" Type="s.clerk"/>"#, ""));
        let service = Service::new(&model);
        let people = service.edges(Node::Root, NOTHING);
        let [people] = people.as_slice() else { panic!("{people:?}") };
        let count = |follow| service.edges(people.to, follow).len();
        assert_eq!(count(NOTHING), 1, "a key");
        assert_eq!(count(Follow { casts: true, ..NOTHING }), 2, "a key and a derived type");
        let person = service.edges(people.to, NOTHING)[0].to;
        let count = |follow| service.edges(person, follow).len();
        assert_eq!(count(NOTHING), 1, "what is contained");
        assert_eq!(count(all), 2, "what is referred to as well");
    }
}
