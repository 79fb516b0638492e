//! Tags: the member of an object whose value tells which branch of a union it is.
//!
//! Enters: discriminators, and members with constants. Leaves: a [`Tag`], if there is one.

use super::dispatch::DEEPEST;
use super::enumeration::{Literal, Value};
use super::family::{ODATA_TYPE, discriminator, other_form};
use super::forms::Forms;
use super::kinds::Kinds;
use super::shape::{Branch, Dispatch, Form, Member, ShapeId, Tag, Union};
use crate::input::diagnostic::Diagnostic;
use crate::openapi::model::{Discriminator, Mapping, SchemaId};

/// Adds the names of types of OData as they may be written, too.
fn add_other_forms(values: &mut Vec<(Literal, usize)>) {
    for at in 0..values.len() {
        let (Literal::Text(name), branch) = &values[at] else { continue };
        let other = (Literal::Text(other_form(name)), *branch);
        if values.iter().all(|(one, _)| *one != other.0) {
            values.push(other);
        }
    }
}

impl<'m> Forms<'m, '_> {
    /// The discriminator that is written at a union.
    pub(super) fn discriminator_of_union(&self, union: ShapeId) -> Option<&'m Discriminator> {
        let of = &self.conjunctions[union.index()];
        of.parts.iter().rev().find_map(|part| discriminator(&self.graph, *part))
    }

    /// The tag by a discriminator: that of the union, or that of a base of all its objects.
    pub(super) fn declared_tag(&mut self, id: ShapeId, union: &mut Union) -> Option<Tag> {
        let objects: Vec<usize> = (0..union.branches.len())
            .filter(|at| self.kinds(union.branches[*at].shape, 0).meets(Kinds::OBJECT))
            .collect();
        let own = self.discriminator_of_union(id);
        let found = own.or_else(|| self.inherited(union, &objects))?;
        let mut tag = Tag {
            member: found.property.text.clone(),
            values: Vec::new(),
            default: None,
            is_optional: false,
            span: Some(found.span),
        };
        for mapping in &found.mapping {
            let Some(schema) = mapping.target.schema else { continue };
            let at = self.branch_of(union, schema);
            let at = at.or_else(|| own.and_then(|_| self.add(id, union, mapping, schema)));
            tag.values.extend(at.map(|at| (Literal::Text(mapping.value.text.clone()), at)));
        }
        for at in 0..union.branches.len() {
            let branch = union.branches[at].clone();
            if self.kinds(branch.shape, 0).meets(Kinds::OBJECT) {
                self.implicit(id, &branch, at, &mut tag);
            }
        }
        if tag.member == ODATA_TYPE {
            add_other_forms(&mut tag.values);
        }
        let default = found.default.as_ref().and_then(|one| one.schema);
        tag.default = default.and_then(|schema| self.branch_of(union, schema));
        (!tag.values.is_empty()).then_some(tag)
    }

    /// The discriminator of a schema that all objects of a union are derived from.
    fn inherited(&self, union: &Union, objects: &[usize]) -> Option<&'m Discriminator> {
        let mut found: Option<&Discriminator> = None;
        for at in objects {
            let branch = union.branches.get(*at)?;
            let of = &self.conjunctions[branch.shape.index()];
            let mut all = of.parts.iter().filter_map(|part| discriminator(&self.graph, *part));
            let one = match found {
                None => all.next()?,
                Some(found) => all.find(|one| one.span == found.span)?,
            };
            found = Some(one);
        }
        (objects.len() > 1).then_some(found).flatten()
    }

    /// The branch that a target of a mapping is, or is a part of.
    fn branch_of(&self, union: &Union, schema: SchemaId) -> Option<usize> {
        let core = self.graph.core(schema);
        let is = |branch: &Branch| branch.schemas.iter().any(|one| self.graph.core(*one) == core);
        let direct = union.branches.iter().position(is);
        direct.or_else(|| union.branches.iter().position(|one| self.includes(one.shape, core, 0)))
    }

    /// Whether a shape is that of a schema, or has it as a branch or a derived object.
    fn includes(&self, shape: ShapeId, core: SchemaId, depth: usize) -> bool {
        let shape = &self.shapes[shape.index()];
        shape.origin == Some(core)
            || match &shape.form {
                Form::Union(union) if depth < DEEPEST => {
                    union.branches.iter().any(|one| self.includes(one.shape, core, depth + 1))
                }
                Form::Object(object) => object
                    .derivation
                    .iter()
                    .flat_map(|one| &one.derived)
                    .any(|derived| derived.schema == core),
                _ => false,
            }
    }

    /// Adds the target of a mapping that is not a branch yet.
    fn add(
        &mut self,
        id: ShapeId,
        union: &mut Union,
        mapping: &Mapping,
        schema: SchemaId,
    ) -> Option<usize> {
        let shape = self.uses.get(schema.index()).copied().flatten()?.shape;
        let owner = self.shapes[id.index()].schemas.first().copied();
        let message = format!(
            "the mapping refers to {}, which is not among the alternatives",
            self.graph.label(schema)
        );
        let mut finding = Diagnostic::violation("discriminator-mapping", message)
            .at(mapping.target.text.span, "expected one of the alternatives")
            .help("it is read as if it were one of them; add it to them");
        if let Some(owner) = owner {
            finding = finding.related(self.graph.span(owner), "the alternatives");
        }
        self.diagnostics.push(finding);
        union.branches.push(Branch { shape, schemas: vec![schema] });
        Some(union.branches.len() - 1)
    }

    /// The values of a branch that no mapping has: constants win over the name of the schema.
    fn implicit(&mut self, id: ShapeId, branch: &Branch, at: usize, tag: &mut Tag) {
        let is_taken = |tag: &Tag, value: &Literal| tag.values.iter().any(|(one, _)| one == value);
        let mut has_value = tag.values.iter().any(|(_, branch)| *branch == at);
        for value in self.constants_of(branch.shape, &tag.member, 0).unwrap_or_default() {
            if !is_taken(tag, &value) {
                tag.values.push((value, at));
                has_value = true;
            }
        }
        if has_value {
            return;
        }
        let names: Vec<&str> =
            branch.schemas.iter().filter_map(|one| self.graph.named(*one)).collect();
        for name in &names {
            let name = Literal::Text((*name).to_owned());
            if !is_taken(tag, &name) {
                tag.values.push((name, at));
            }
        }
        if names.is_empty() {
            let place = branch.schemas.first().or(self.shapes[id.index()].schemas.first()).copied();
            let message = "an alternative has no value of the discriminator";
            let mut finding = Diagnostic::violation("discriminator-inline", message)
                .help("give the member one value with `const`, or name the schema in a mapping");
            if let Some(place) = place {
                finding = finding.at(self.graph.span(place), "no name, no mapping and no constant");
            }
            self.diagnostics.push(finding);
        }
    }

    /// The listed values of a member, in all objects of a shape.
    fn constants_of(&self, shape: ShapeId, member: &str, depth: usize) -> Option<Vec<Literal>> {
        let literals = |values: &[Value]| values.iter().map(|one| one.literal.clone()).collect();
        match &self.shapes[shape.index()].form {
            Form::Object(object) => {
                if let Some(derivation) = &object.derivation
                    && derivation.tag == member
                {
                    let derived = derivation.derived.iter().flat_map(|one| &one.values);
                    let all = derivation.own.iter().chain(derived);
                    return Some(all.map(|one| Literal::Text(one.clone())).collect());
                }
                let value = object.member(member)?.value;
                match &self.shapes[value.shape.index()].form {
                    Form::Constant(one) => Some(literals(std::slice::from_ref(one))),
                    Form::Enumeration(all) => Some(literals(&all.values)),
                    _ => None,
                }
            }
            Form::Union(union) if depth < DEEPEST => match &union.dispatch {
                Dispatch::Tag(tag) if tag.member == member => {
                    Some(tag.values.iter().map(|(value, _)| value.clone()).collect())
                }
                _ => {
                    let branches = union.branches.iter();
                    let each = branches.map(|one| self.constants_of(one.shape, member, depth + 1));
                    Some(each.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
                }
            },
            _ => None,
        }
    }

    /// A member that all objects of a union have, or where `is_optional` may have, and that has other values in
    /// each.
    pub(super) fn constant_tag(&self, union: &Union, is_optional: bool) -> Option<Tag> {
        let objects: Vec<(usize, ShapeId)> = union
            .branches
            .iter()
            .enumerate()
            .map(|(at, one)| (at, one.shape))
            .filter(|(_, shape)| self.kinds(*shape, 0).meets(Kinds::OBJECT))
            .collect();
        let first = objects.first()?.1;
        self.common(first, is_optional, 0).into_iter().find_map(|member| {
            let mut values: Vec<(Literal, usize)> = Vec::new();
            let mut known = rustc_hash::FxHashSet::default();
            for (at, shape) in &objects {
                if !self.common(*shape, is_optional, 0).contains(&member) {
                    return None;
                }
                for value in self.constants_of(*shape, member, 0)? {
                    let text = match &value {
                        Literal::Text(text) => format!("\"{text}"),
                        Literal::Number(digits) => digits.clone(),
                        Literal::Boolean(value) => value.to_string(),
                    };
                    if !known.insert(text) {
                        return None;
                    }
                    values.push((value, *at));
                }
            }
            let member = member.to_owned();
            Some(Tag { member, values, default: None, is_optional, span: None })
        })
    }

    /// The members that all objects of a shape have, or where `is_optional` may have.
    fn common(&self, shape: ShapeId, is_optional: bool, depth: usize) -> Vec<&str> {
        match &self.shapes[shape.index()].form {
            Form::Object(object) => {
                let is_common = |member: &&Member| member.required || is_optional;
                let members = object.members.iter().filter(is_common);
                members.map(|member| member.name.as_str()).collect()
            }
            Form::Union(union) if depth < DEEPEST => {
                let of = |one: &Branch| self.common(one.shape, is_optional, depth + 1);
                let mut all = union.branches.iter().map(of);
                let mut common = all.next().unwrap_or_default();
                for names in all {
                    common.retain(|name| names.contains(name));
                }
                common
            }
            _ => Vec::new(),
        }
    }
}
