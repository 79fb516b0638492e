//! The normal form of unions: what can be one shape is one.
//!
//! Enters: unions as they are written. Leaves: unions without branches that are any JSON, null, or equal; of
//! scalars of one kind one branch is left; an inline union in a union is a part of it; a union of one is
//! that one. Must not know: how branches are told apart.

use super::enumeration::{Enumeration, Literal, Value};
use super::forms::{ANY, Forms, enumerated};
use super::kinds::Kinds;
use super::shape::{Branch, Form, Shape, ShapeId, Union};
use crate::input::diagnostic::Diagnostic;

/// The deepest nesting of unions that is looked into.
const DEEPEST: usize = 200;

impl Forms<'_, '_> {
    /// Brings all unions to their normal form.
    pub(super) fn normalise(&mut self) {
        let mut seen = vec![false; self.shapes.len()];
        for at in 0..seen.len() {
            self.normal(ShapeId::new(at), &mut seen, 0);
        }
    }

    fn normal(&mut self, id: ShapeId, seen: &mut [bool], depth: usize) {
        let is_new = seen.get_mut(id.index()).is_some_and(|seen| !std::mem::replace(seen, true));
        let Form::Union(union) = &self.shapes[id.index()].form else { return };
        if !is_new || depth > DEEPEST {
            return;
        }
        let union = union.clone();
        for branch in &union.branches {
            self.normal(branch.shape, seen, depth + 1);
        }
        let mut union = self.spliced(union);
        self.lift(&mut union);
        self.merge_scalars(&mut union);
        self.replace(id, union);
    }

    /// An inline union without a discriminator becomes a part of the union that it is in.
    fn spliced(&self, union: Union) -> Union {
        let mut result = Union { branches: Vec::new(), ..union };
        for branch in union.branches {
            match &self.shapes[branch.shape.index()].form {
                Form::Union(inner) if self.is_inline(branch.shape) => {
                    result.open |= inner.open;
                    result.branches.extend(inner.branches.iter().map(|one| Branch {
                        shape: one.shape,
                        schemas: match one.schemas.is_empty() {
                            true => branch.schemas.clone(),
                            false => one.schemas.clone(),
                        },
                    }));
                }
                _ => result.branches.push(branch),
            }
        }
        result
    }

    fn is_inline(&self, shape: ShapeId) -> bool {
        let is_named = |schema| self.graph.model.schema(schema).name.is_some();
        !self.shapes[shape.index()].origin.is_some_and(is_named)
            && self.discriminator_of_union(shape).is_none()
    }

    /// Removes branches that the union has without them, and unites equal ones.
    fn lift(&self, union: &mut Union) {
        let mut branches: Vec<Branch> = Vec::with_capacity(union.branches.len());
        let mut known = rustc_hash::FxHashMap::default();
        for branch in union.branches.drain(..) {
            let form = &self.shapes[branch.shape.index()].form;
            // What the branch keeps as it came is what no branch takes.
            union.open |= match form {
                Form::Map(map) => map.open_kind,
                Form::Object(object) => object.rest.open_kind,
                _ => false,
            };
            match form {
                Form::Any => union.open = true,
                Form::Never | Form::Null => {}
                _ => match known.get(&branch.shape) {
                    Some(at) => {
                        let same: &mut Branch = &mut branches[*at];
                        same.schemas.extend(branch.schemas);
                    }
                    None => {
                        known.insert(branch.shape, branches.len());
                        branches.push(branch);
                    }
                },
            }
        }
        union.branches = branches;
    }

    fn merge_scalars(&mut self, union: &mut Union) {
        let is_listed = |form: &Form| matches!(form, Form::Constant(_) | Form::Enumeration(_));
        let form_of =
            |forms: &Self, branch: &Branch| forms.shapes[branch.shape.index()].form.clone();
        if union.branches.iter().all(|one| is_listed(&form_of(self, one))) {
            self.merge(union, |_| true);
            return;
        }
        let kinds = |form: &Form| match form {
            Form::Constant(one) => one.literal.kinds(),
            Form::Enumeration(all) => all.kinds(),
            Form::Text(_) => Kinds::STRING,
            Form::Integer(_) => Kinds::INTEGER,
            Form::Boolean => Kinds::BOOLEAN,
            // An enumeration would not have the other numbers.
            Form::Number(_) => Kinds::NUMBER,
            _ => Kinds::NONE,
        };
        for kind in [Kinds::STRING, Kinds::INTEGER, Kinds::BOOLEAN, Kinds::NUMBER] {
            self.merge(union, |form| kinds(form) == kind);
        }
        // An integer is also a number, which as the first branch would take all integers.
        let at = |kind| union.branches.iter().position(|one| kinds(&form_of(self, one)) == kind);
        if let (Some(number), Some(integer)) = (at(Kinds::NUMBER), at(Kinds::INTEGER))
            && number < integer
        {
            let integer = union.branches.remove(integer);
            union.branches.insert(number, integer);
        }
    }

    /// Merges the branches of some forms into the first one of them.
    fn merge(&mut self, union: &mut Union, is_one: impl Fn(&Form) -> bool) {
        let is_one = |branch: &Branch, shapes: &[Shape]| is_one(&shapes[branch.shape.index()].form);
        let count = union.branches.iter().filter(|one| is_one(one, &self.shapes)).count();
        if count < 2 {
            return;
        }
        let mut merged: Vec<Branch> = Vec::new();
        let mut first = None;
        let mut others: Vec<Branch> = Vec::with_capacity(union.branches.len());
        for branch in union.branches.drain(..) {
            if is_one(&branch, &self.shapes) {
                first = first.or(Some(others.len()));
                merged.push(branch);
            } else {
                others.push(branch);
            }
        }
        let forms: Vec<&Form> =
            merged.iter().map(|one| &self.shapes[one.shape.index()].form).collect();
        let form = united(&forms);
        // An enumeration has all strings, so it is what a string or itself is.
        let is_enumeration = |branch: &&Branch| {
            matches!(self.shapes[branch.shape.index()].form, Form::Enumeration(_))
        };
        let is_plain = |one: &&Form| matches!(one, Form::Text(_));
        if let (Some(one), true) = (
            merged.iter().find(is_enumeration),
            forms.iter().filter(|one| is_plain(one)).count() + 1 == forms.len(),
        ) {
            let schemas = merged.iter().flat_map(|one| one.schemas.clone()).collect();
            let branch = Branch { shape: one.shape, schemas };
            others.insert(first.unwrap_or_default(), branch);
            union.branches = others;
            return;
        }
        let mut shape = Shape {
            form,
            origin: None,
            schemas: Vec::new(),
            fidelity: super::fidelity::Fidelity::Exact,
        };
        let mut schemas = Vec::new();
        for (at, branch) in merged.iter().enumerate() {
            let from = &self.shapes[branch.shape.index()];
            // What only some branches say does not hold for the values of the others.
            match at {
                0 => shape.schemas.clone_from(&from.schemas),
                _ => shape.schemas.retain(|one| from.schemas.contains(one)),
            }
            from.fidelity.reasons().iter().for_each(|one| shape.fidelity.widen(one.why, one.span));
            schemas.extend_from_slice(&branch.schemas);
        }
        let of = merged.first().map_or(ANY, |one| one.shape);
        let id = ShapeId::new(self.shapes.len());
        self.shapes.push(shape);
        self.conjunctions.push(self.conjunctions[of.index()].clone());
        others.insert(first.unwrap_or_default(), Branch { shape: id, schemas });
        union.branches = others;
    }

    /// Writes the union back; a union of one shape is that shape.
    fn replace(&mut self, id: ShapeId, union: Union) {
        let form = match &union.branches[..] {
            [] => Form::Any,
            [one] if !union.open => {
                self.aliases.insert(id, one.shape);
                self.shapes[one.shape.index()].form.clone()
            }
            _ => {
                self.report_overlap(id, &union);
                Form::Union(union)
            }
        };
        self.shapes[id.index()].form = form;
    }

    /// An integer is also a number.
    fn report_overlap(&mut self, id: ShapeId, union: &Union) {
        let form = |branch: &Branch| &self.shapes[branch.shape.index()].form;
        let is_integer = union.branches.iter().any(|one| matches!(form(one), Form::Integer(_)));
        let is_number = union.branches.iter().any(|one| matches!(form(one), Form::Number(_)));
        let owner = self.shapes[id.index()]
            .schemas
            .iter()
            .find(|schema| self.graph.keywords(**schema).is_some_and(|one| one.one_of.is_some()));
        if let (true, true, Some(owner)) = (is_integer, is_number, owner) {
            let message = "an integer fits two schemas of `oneOf`";
            let finding = Diagnostic::warning("ambiguous-union", message)
                .at(self.graph.span(*owner), "an integer is a number as well")
                .help("it is read as the integer; use `anyOf`, or one schema");
            self.diagnostics.push(finding);
        }
    }
}

/// A form that has the values of several scalar forms.
fn united(forms: &[&Form]) -> Form {
    let mut values: Vec<Value> = Vec::new();
    let mut plain: Option<Form> = None;
    let mut known = rustc_hash::FxHashSet::default();
    for form in forms {
        let listed: &[Value] = match form {
            Form::Constant(one) => std::slice::from_ref(one),
            Form::Enumeration(all) => &all.values,
            other => {
                plain = Some(match (plain, other) {
                    (Some(Form::Text(one)), Form::Text(two)) => Form::Text(one.or(*two)),
                    (Some(Form::Integer(one)), Form::Integer(two)) => Form::Integer(one.or(*two)),
                    (Some(Form::Number(one)), Form::Number(two)) => Form::Number(one.or(*two)),
                    (_, other) => (*other).clone(),
                });
                continue;
            }
        };
        for value in listed {
            let is_new = match &value.literal {
                Literal::Text(text) => known.insert(text.clone()),
                literal => values.iter().all(|one| one.literal != *literal),
            };
            if is_new {
                values.push(value.clone());
            }
        }
    }
    match plain {
        Some(Form::Boolean) => Form::Boolean,
        Some(plain) if values.is_empty() => plain,
        Some(_) => Form::Enumeration(Enumeration { values }),
        // One of them may have stood for all strings beside its values.
        None if forms.iter().any(|one| matches!(one, Form::Enumeration(_))) => {
            Form::Enumeration(Enumeration { values })
        }
        None => enumerated(values),
    }
}
