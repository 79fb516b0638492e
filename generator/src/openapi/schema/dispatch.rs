//! How the branches of a union are told apart, and why there is nothing better.
//!
//! Enters: unions in their normal form. Leaves: their [`Dispatch`].

use super::forms::Forms;
use super::kinds::Kinds;
use super::shape::{Dispatch, Form, Known, Object, Shape, ShapeId, Union};
use rustc_hash::FxHashSet;

/// The most objects of which each is compared with each.
const MOST_COMPARED: usize = 64;

/// The deepest nesting of unions that is looked into.
pub(super) const DEEPEST: usize = 50;

impl Forms<'_, '_> {
    /// Finds out for all unions how their branches are told apart.
    pub(super) fn dispatch(&mut self) {
        let mut seen = vec![false; self.shapes.len()];
        for at in 0..seen.len() {
            self.dispatch_one(ShapeId::new(at), &mut seen, 0);
        }
    }

    /// The unions in a union come first: their tags are tags of the union.
    fn dispatch_one(&mut self, id: ShapeId, seen: &mut [bool], depth: usize) {
        let is_new = seen.get_mut(id.index()).is_some_and(|seen| !std::mem::replace(seen, true));
        let Form::Union(union) = &self.shapes[id.index()].form else { return };
        if !is_new || depth > DEEPEST {
            return;
        }
        let mut union = union.clone();
        for branch in &union.branches {
            self.dispatch_one(branch.shape, seen, depth + 1);
        }
        union.dispatch = self.dispatch_of(id, &mut union);
        self.shapes[id.index()].form = Form::Union(union);
    }

    fn dispatch_of(&mut self, id: ShapeId, union: &mut Union) -> Dispatch {
        let declared = self.declared_tag(id, union);
        let (shared, pair) = self.shared_kinds(union);
        if let Some(tag) = declared {
            return Dispatch::Tag(tag);
        }
        if shared.is_empty() {
            return Dispatch::Kind;
        }
        let [one, other] = pair.map(|at| self.label(union, at));
        if shared != Kinds::OBJECT {
            let why = format!("{one} and {other} may both be {}", (shared - Kinds::OBJECT).names());
            return Dispatch::FirstFit { why };
        }
        if let Some(tag) = self.constant_tag(union, false) {
            return Dispatch::Tag(tag);
        }
        match self.known_members(union) {
            Ok(known) => Dispatch::Members(known),
            Err(why) => match self.constant_tag(union, true) {
                Some(tag) => Dispatch::Tag(tag),
                None => Dispatch::FirstFit { why },
            },
        }
    }

    /// The kinds that several branches have, and two of these branches.
    fn shared_kinds(&self, union: &Union) -> (Kinds, [usize; 2]) {
        let (mut seen, mut shared, mut pair) = (Kinds::NONE, Kinds::NONE, None);
        let kinds: Vec<Kinds> = union.branches.iter().map(|one| self.kinds(one.shape, 0)).collect();
        for (at, kind) in kinds.iter().enumerate() {
            if seen.meets(*kind) && (pair.is_none() || !shared.meets(Kinds::ALL - Kinds::OBJECT)) {
                let other = kinds.iter().position(|one| one.meets(*kind)).unwrap_or_default();
                pair = Some([other, at]);
            }
            shared = shared | (seen & *kind);
            seen = seen | *kind;
        }
        (shared, pair.unwrap_or_default())
    }

    /// The kinds of JSON that a shape has.
    pub(super) fn kinds(&self, shape: ShapeId, depth: usize) -> Kinds {
        kinds(&self.shapes, shape, depth)
    }

    /// What to call a branch in a reason.
    fn label(&self, union: &Union, at: usize) -> String {
        let origin = union.branches.get(at).and_then(|one| self.shapes[one.shape.index()].origin);
        let name = origin.and_then(|one| self.graph.model.schema(one).name.as_deref());
        name.map_or_else(|| format!("branch {}", at + 1), |name| format!("`{name}`"))
    }

    /// The required members by which objects are known, in the order in which they are tried.
    fn known_members(&self, union: &Union) -> Result<Vec<Known>, String> {
        let mut objects: Vec<(usize, &Object)> = Vec::new();
        for (at, branch) in union.branches.iter().enumerate() {
            match &self.shapes[branch.shape.index()].form {
                Form::Object(object) => objects.push((at, object)),
                Form::Map(_) | Form::Union(_) => {
                    return Err(format!("{} has no members of its own", self.label(union, at)));
                }
                _ => {}
            }
        }
        if objects.len() > MOST_COMPARED {
            return Err(format!("{} objects have no tag", objects.len()));
        }
        let required = |object: &Object| -> Vec<String> {
            let members = object.members.iter().filter(|member| member.required);
            members.map(|member| member.name.clone()).collect()
        };
        let mut known: Vec<(Known, FxHashSet<&str>)> = objects
            .iter()
            .map(|(branch, object)| {
                let declared = object.members.iter().map(|member| member.name.as_str()).collect();
                (Known { branch: *branch, members: required(object) }, declared)
            })
            .collect();
        known.sort_by_key(|(one, _)| std::cmp::Reverse(one.members.len()));
        for (at, (one, _)) in known.iter().enumerate() {
            for (other, declared) in known.iter().skip(at + 1) {
                if one.members.iter().all(|member| declared.contains(member.as_str())) {
                    let name = |known: &Known| self.label(union, known.branch);
                    return Err(format!(
                        "{} may have all members that {} requires",
                        name(other),
                        name(one)
                    ));
                }
            }
        }
        Ok(known.into_iter().map(|(one, _)| one).collect())
    }
}

/// The kinds of JSON that a shape has.
pub(super) fn kinds(shapes: &[Shape], shape: ShapeId, depth: usize) -> Kinds {
    match &shapes[shape.index()].form {
        Form::Any => Kinds::ALL,
        Form::Never | Form::Null => Kinds::NONE,
        Form::Boolean => Kinds::BOOLEAN,
        Form::Integer(_) => Kinds::INTEGER,
        Form::Number(_) => Kinds::NUMBER,
        Form::Text(_) => Kinds::STRING,
        Form::Constant(one) => one.literal.kinds(),
        Form::Enumeration(all) => all.kinds(),
        Form::List(_) | Form::Tuple(_) => Kinds::ARRAY,
        Form::Map(_) | Form::Object(_) => Kinds::OBJECT,
        Form::Union(_) if depth > DEEPEST => Kinds::ALL,
        Form::Union(union) => {
            let kinds = union.branches.iter().map(|one| kinds(shapes, one.shape, depth + 1));
            kinds.fold(Kinds::NONE, |all, one| all | one)
        }
    }
}
