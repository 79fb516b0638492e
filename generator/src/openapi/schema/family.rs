//! Bases with a discriminator, and the components that are derived from them by `allOf`.
//!
//! Enters: the graph. Leaves: [`Derivation`]s, and then the values that tell the derived ones.

use super::conjunction::Conjunction;
use super::enumeration::Literal;
use super::forms::Forms;
use super::graph::{ChoiceId, Graph};
use super::shape::{Derivation, Derived, Form, ShapeId};
use crate::input::diagnostic::Diagnostic;
use crate::openapi::model::{Discriminator, SchemaId};
use rustc_hash::{FxHashMap, FxHashSet};

/// The member that names the type of an object of OData.
pub(super) const ODATA_TYPE: &str = "@odata.type";

/// Adds the other form of each name: with `#` before it, as OData has it, and without, as OData 4.01 allows it.
fn with_other_forms(values: &mut Vec<String>) {
    for at in 0..values.len() {
        let other = other_form(&values[at]);
        if !values.contains(&other) {
            values.push(other);
        }
    }
}

/// The name of a type of OData with `#` if it has none, else without it.
pub(super) fn other_form(name: &str) -> String {
    name.strip_prefix('#').map_or_else(|| ["#", name].concat(), str::to_owned)
}

/// What is derived from what.
#[derive(Default)]
pub(super) struct Families {
    /// For each schema, the components that are made of it and of a schema with a discriminator.
    derived: FxHashMap<SchemaId, Vec<SchemaId>>,
}

impl Families {
    pub(super) fn new(graph: &Graph<'_>) -> Self {
        let mut families = Self::default();
        for id in graph.with_links() {
            if graph.model.schema(id).name.is_none() || graph.core(id) != id {
                continue;
            }
            let parts = graph.flatten(&[id]);
            if parts.iter().any(|part| discriminator(graph, *part).is_some()) {
                for base in parts.into_iter().filter(|part| *part != id) {
                    families.derived.entry(base).or_default().push(id);
                }
            }
        }
        families
    }

    fn of(&self, base: SchemaId) -> &[SchemaId] {
        self.derived.get(&base).map_or(&[], Vec::as_slice)
    }
}

pub(super) fn discriminator<'m>(graph: &Graph<'m>, id: SchemaId) -> Option<&'m Discriminator> {
    graph.keywords(id)?.discriminator.as_ref()
}

impl<'m> Forms<'m, '_> {
    /// Whether a choice lists what is derived from the schema that has it.
    pub(super) fn is_list_of_derived(&self, of: &Conjunction, choice: ChoiceId) -> bool {
        let owner = choice.owner;
        let derived = self.families.of(owner);
        !derived.is_empty()
            && self.base(of) == Some(owner)
            && discriminator(&self.graph, owner).is_some()
            && self.graph.choice(choice).is_some_and(|choice| {
                choice.branches.iter().all(|one| {
                    let core = self.graph.core(*one);
                    core == owner || derived.contains(&core)
                })
            })
    }

    /// The schema whose parts a conjunction has, and no others.
    fn base(&self, of: &Conjunction) -> Option<SchemaId> {
        let last = *of.parts.last()?;
        let is_whole = of.parts.len() == 1 || self.graph.flatten(&[last]).len() == of.parts.len();
        is_whole.then(|| self.graph.core(last))
    }

    /// The discriminator of a conjunction that is closest to its use.
    fn discriminator_of(&self, of: &Conjunction) -> Option<(SchemaId, &'m Discriminator)> {
        let with = |part: &SchemaId| Some((*part, discriminator(&self.graph, *part)?));
        of.parts.iter().rev().find_map(with)
    }

    /// What is derived from an object; the values that tell it come later.
    pub(super) fn derivation(&mut self, of: &Conjunction) -> Option<Derivation> {
        let base = self.base(of)?;
        let (owner, discriminator) = self.discriminator_of(of)?;
        let mut schemas = self.families.of(base).to_vec();
        if owner == base {
            let targets = discriminator.mapping.iter().map(|one| &one.target);
            for target in targets.chain(&discriminator.default) {
                let Some(schema) = target.schema.map(|one| self.graph.core(one)) else { continue };
                if schema != base && !schemas.contains(&schema) {
                    schemas.push(schema);
                    let message = format!(
                        "the mapping refers to {}, which is not derived from {}",
                        self.graph.label(schema),
                        self.graph.label(base)
                    );
                    let finding = Diagnostic::violation("discriminator-mapping", message)
                        .at(target.text.span, "expected a schema with the base in its `allOf`")
                        .related(self.graph.span(base), "the base")
                        .help("it is read as if it were derived; add the base to its `allOf`");
                    self.diagnostics.push(finding);
                }
            }
        }
        if schemas.is_empty() {
            return None;
        }
        let parts: FxHashMap<SchemaId, FxHashSet<SchemaId>> = schemas
            .iter()
            .map(|one| (*one, self.graph.flatten(&[*one]).into_iter().collect()))
            .collect();
        let derived = schemas
            .iter()
            .map(|schema| Derived {
                schema: *schema,
                shape: self.used(*schema).shape,
                values: Vec::new(),
                parent: nearest(*schema, &schemas, &parts),
            })
            .collect();
        let default = discriminator.default.as_ref().and_then(|one| one.schema);
        let default = default.map(|one| self.graph.core(one));
        Some(Derivation {
            tag: discriminator.property.text.clone(),
            span: discriminator.span,
            own: Vec::new(),
            derived,
            default: default.and_then(|one| schemas.iter().position(|schema| *schema == one)),
        })
    }

    /// The values that tell the derived schemas of all bases.
    pub(super) fn tell_derived(&mut self) {
        for at in 0..self.shapes.len() {
            let id = ShapeId::new(at);
            let Form::Object(object) = &self.shapes[at].form else { continue };
            let Some(mut derivation) = object.derivation.clone() else { continue };
            let of = self.conjunctions[at].clone();
            let (Some(base), Some((_, found))) = (self.base(&of), self.discriminator_of(&of))
            else {
                continue;
            };
            let inherited = self.constants(id, &derivation.tag);
            derivation.own = self.values(base, None, found);
            for one in &mut derivation.derived {
                let own = self.constants(one.shape, &derivation.tag);
                let own = own.filter(|own| inherited.as_ref() != Some(own));
                one.values = self.values(one.schema, own, found);
            }
            if let Form::Object(object) = &mut self.shapes[at].form {
                object.derivation = Some(derivation);
            }
        }
    }

    /// The values for one schema: those of the mapping, else its own constants, else its name.
    fn values(
        &self,
        schema: SchemaId,
        constants: Option<Vec<String>>,
        discriminator: &Discriminator,
    ) -> Vec<String> {
        let refers =
            |target: Option<SchemaId>| target.map(|one| self.graph.core(one)) == Some(schema);
        let mapped = discriminator.mapping.iter().filter(|one| refers(one.target.schema));
        let mut values: Vec<String> = mapped.map(|one| one.value.text.clone()).collect();
        for constant in constants.into_iter().flatten() {
            let is_mapped = discriminator.mapping.iter().any(|one| one.value.text == constant);
            if !is_mapped && !values.contains(&constant) {
                values.push(constant);
            }
        }
        if values.is_empty()
            && let Some(name) = self.graph.named(schema)
            && !discriminator.mapping.iter().any(|one| one.value.text == name)
        {
            values.push(match discriminator.property.text == ODATA_TYPE {
                true => ["#", name].concat(),
                false => name.to_owned(),
            });
        }
        if discriminator.property.text == ODATA_TYPE {
            with_other_forms(&mut values);
        }
        values
    }

    /// The strings that the member of an object may have, if the schema lists them.
    fn constants(&self, shape: ShapeId, member: &str) -> Option<Vec<String>> {
        let Form::Object(object) = &self.shapes[shape.index()].form else { return None };
        let values = match &self.shapes[object.member(member)?.value.shape.index()].form {
            Form::Constant(one) => std::slice::from_ref(one),
            Form::Enumeration(all) => &all.values,
            _ => return None,
        };
        let texts = values.iter().map(|one| match &one.literal {
            Literal::Text(text) => Some(text.clone()),
            _ => None,
        });
        texts.collect()
    }
}

/// The closest other schema that a schema is made of.
fn nearest(
    schema: SchemaId,
    all: &[SchemaId],
    parts: &FxHashMap<SchemaId, FxHashSet<SchemaId>>,
) -> Option<usize> {
    let own = parts.get(&schema)?;
    let bases = all.iter().enumerate().filter(|(_, one)| **one != schema && own.contains(one));
    bases.max_by_key(|(_, one)| parts.get(one).map_or(0, FxHashSet::len)).map(|(at, _)| at)
}
