//! JSON as values of generated types.
//!
//! Enters: JSON and the type that a place declares. Leaves: the expression of a value, with statements
//! that have to come before it. Must not know: the request that the value is for.

use super::index::Index;
use super::json::Json;
use super::names;
use super::slice::Whole;
use super::text;
use crate::crate_plan::naming::{identifier, singular, value_name};
use crate::crate_plan::program::{Called, Code, Owner, Statement, StatementKind};
use crate::crate_plan::{
    Foreign, Hierarchy, HierarchyVariant, ItemPath, Setter, Struct, Type, Update,
};
use crate::odata::runtime::{base, standard, update};
use std::collections::BTreeSet;

/// The annotation that names the type of an object.
const TYPE: &str = "@odata.type";

/// The values that are built so far.
pub(super) struct Values<'i, 'p> {
    index: &'i Index<'p>,
    /// The service, if the crate has a slice of it.
    whole: Option<&'i Whole<'p>>,
    /// The statements, in order.
    pub(super) statements: Vec<Statement>,
    taken: BTreeSet<String>,
}

/// The target of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Accepts {
    /// A place with exactly the type.
    Exact,
    /// An argument that accepts anything that converts into the type.
    Converted,
}

impl<'i, 'p> Values<'i, 'p> {
    /// No values yet, with the names that are taken.
    pub(super) fn new(index: &'i Index<'p>, whole: Option<&'i Whole<'p>>, taken: &[&str]) -> Self {
        let taken = taken.iter().map(|name| (*name).to_owned()).collect();
        Self { index, whole, statements: Vec::new(), taken }
    }

    /// A name for a variable.
    pub(super) fn fresh(&mut self, wire_name: &str) -> String {
        let wanted = value_name(wire_name);
        let numbered = (2..).map(|number| format!("{wanted}_{number}"));
        let mut names = std::iter::once(wanted.clone()).chain(numbered);
        let name = names.find(|name| !self.taken.contains(name)).unwrap_or(wanted);
        self.taken.insert(name.clone());
        identifier(&name)
    }

    /// A value of a type; `name` is the name for its variable. `None` if the JSON is not a value of
    /// the type.
    pub(super) fn value(&mut self, json: &Json, value: &Type, name: &str) -> Option<Code> {
        self.at(Accepts::Exact, json, value, name)
    }

    fn at(&mut self, place: Accepts, json: &Json, value: &Type, name: &str) -> Option<Code> {
        let before = self.statements.len();
        let found = self.typed(place, json, value, name);
        if found.is_none() {
            self.statements.truncate(before);
        }
        found
    }

    fn typed(&mut self, place: Accepts, json: &Json, value: &Type, name: &str) -> Option<Code> {
        match (value, json) {
            (Type::Foreign(Foreign::Untyped), Json::Null) => None,
            (Type::Foreign(Foreign::Untyped), json) => {
                let explicit = (place == Accepts::Converted).then(|| value.clone());
                Some(Code::Parse(Box::new(Code::Raw(json.written())), explicit))
            }
            (Type::Foreign(Foreign::GeoJson), json @ Json::Object(_)) => {
                let explicit = (place == Accepts::Converted).then(|| value.clone());
                Some(Code::Parse(Box::new(Code::Raw(json.written())), explicit))
            }
            (Type::Foreign(foreign), json) => scalar(place, *foreign, json),
            (Type::Flags(member), Json::Text(text)) => {
                // A set in a different form keeps this form if it is parsed.
                let explicit = (place == Accepts::Converted).then(|| value.clone());
                let read = || Code::Parse(Box::new(Code::Text(text.clone())), explicit);
                Some(text::flags(self.index, member, text).unwrap_or_else(read))
            }
            (Type::Box(inner), json) => {
                let inner = self.typed(Accepts::Exact, json, inner, name)?;
                Some(Code::associated(Owner::Box, standard::NEW, vec![inner]))
            }
            (Type::Option(_), Json::Null) => Some(Code::None),
            (Type::Option(inner), json) => {
                let inner = self.typed(Accepts::Exact, json, inner, name)?;
                Some(Code::Some(Box::new(inner)))
            }
            (Type::Vec(inner), Json::Array(items)) => {
                let name = singular(name, name);
                let items: Option<Vec<Code>> = items
                    .iter()
                    .map(|item| self.typed(Accepts::Exact, item, inner, &name))
                    .collect();
                items.map(Code::Vec)
            }
            (Type::Generated(path), Json::Text(text)) => text::member(self.index, path, text),
            (Type::Generated(path), Json::Object(members)) => {
                self.object(path, json, members, name)
            }
            _ => None,
        }
    }

    /// An object as a struct; one of a derived type as the struct of its own type, which becomes one of
    /// the base.
    fn object(
        &mut self,
        path: &ItemPath,
        json: &Json,
        members: &[(String, Json)],
        name: &str,
    ) -> Option<Code> {
        let hierarchy = self.index.hierarchy(path);
        let derived = json.type_name().and_then(|name| variant(hierarchy?, name));
        let Some(derived) = derived else {
            let structure = self.index.structure(path)?;
            return Some(Code::Variable(self.structure(path, structure, members, name)));
        };
        let structure = self.index.structure(&derived.value)?;
        // The value names its type itself.
        let members = without_type(members, Some(derived.wire_name.as_str()));
        let variable = self.structure(&derived.value, structure, &members, name);
        Some(Code::associated(path.into(), base::FROM_DERIVED, vec![Code::Variable(variable)]))
    }

    /// Statements that fill a struct; the name of its variable.
    fn structure(
        &mut self,
        path: &ItemPath,
        structure: &Struct,
        members: &[(String, Json)],
        name: &str,
    ) -> String {
        let variable = self.fresh(name);
        let mut own = Vec::new();
        let mut renamed = Vec::new();
        for (member, json) in members {
            let field = names::find(member, members, &structure.fields, |field| &field.wire_name);
            // A field that is not set is null already.
            if field.is_some() && *json == Json::Null {
                continue;
            }
            let value = field.and_then(|field| self.value(json, field.inner(), member));
            let (kind, why) = match (field, value) {
                (Some(field), Some(value)) => {
                    let name = &field.wire_name;
                    let why = (name != member).then(|| in_other_case(name, member));
                    renamed.push((member.as_str(), name.as_str()));
                    let (variable, field) = (variable.clone(), field.name.clone());
                    (StatementKind::Set { variable, field, value }, why)
                }
                (field, _) => {
                    let is_known = field.is_some();
                    let (variable, field) = (variable.clone(), structure.additional.clone());
                    let (name, value) = (member.clone(), untyped(json));
                    let left_out = self.left_out(&structure.wire_name, member, json);
                    let left_out = left_out.filter(|_| !is_known);
                    let why = left_out.or_else(|| undeclared(member, json, structure));
                    (StatementKind::Insert { variable, field, name, value }, why)
                }
            };
            own.push(Statement { comments: why.into_iter().collect(), kind });
        }
        for statement in &mut own {
            if let StatementKind::Insert { name, .. } = &mut statement.kind {
                *name = names::annotation(name, &renamed);
            }
        }
        let value = Code::associated(path.into(), standard::DEFAULT, Vec::new());
        let kind = StatementKind::Let { name: variable.clone(), mutable: !own.is_empty(), value };
        self.statements.push(Statement { comments: Vec::new(), kind });
        self.statements.extend(own);
        variable
    }

    /// A builder with what an object sets, and why some of it is not typed.
    pub(super) fn update(
        &mut self,
        path: &ItemPath,
        update: &Update,
        members: &[(String, Json)],
    ) -> (Code, Vec<String>) {
        let mut comments = Vec::new();
        let mut calls = Vec::new();
        let mut renamed = Vec::new();
        for (member, json) in members {
            let setter = names::find(member, members, &update.setters, |one| &one.wire_name);
            let argument = setter.and_then(|setter| self.argument(setter, json, &mut comments));
            calls.push(match (setter, argument) {
                (Some(setter), Some(argument)) => {
                    let name = &setter.wire_name;
                    comments.extend((name != member).then(|| in_other_case(name, member)));
                    renamed.push((member.as_str(), name.as_str()));
                    (Called::from(&setter.name), None, argument)
                }
                _ => {
                    let object = update.object.as_ref();
                    let object = object.and_then(|object| self.index.structure(object));
                    let is_field = |one: &Struct| one.fields.iter().any(|f| f.wire_name == *member);
                    let is_known = setter.is_some() || object.is_some_and(is_field);
                    let left_out = if is_known {
                        None
                    } else {
                        self.left_out(&update.wire_name, member, json)
                    };
                    comments.extend(left_out.or_else(|| match object {
                        Some(structure) if setter.is_none() => not_set(member, json, structure),
                        _ => why_not(member, json, update),
                    }));
                    (update::ADDITIONAL.into(), Some(member), untyped(json))
                }
            });
        }
        let new = Code::associated(path.into(), update::NEW, Vec::new());
        let code = calls.into_iter().fold(new, |code, (method, member, argument)| {
            let name = member.map(|member| Code::Text(names::annotation(member, &renamed)));
            code.method(method, name.into_iter().chain([argument]).collect())
        });
        (code, comments)
    }

    /// Why the slice does not have a member or a type, if the whole service has it.
    fn left_out(&self, of: &str, member: &str, json: &Json) -> Option<String> {
        match (member, json) {
            (TYPE, Json::Text(name)) => {
                self.whole?.type_named(self.index, name.strip_prefix('#').unwrap_or(name))
            }
            _ => self.whole?.member(of, member),
        }
    }

    fn argument(
        &mut self,
        setter: &Setter,
        json: &Json,
        comments: &mut Vec<String>,
    ) -> Option<Code> {
        if *json == Json::Null {
            return setter.is_nullable().then_some(Code::None);
        }
        if let Some(part) = self.part(setter, json, comments) {
            return Some(part);
        }
        let place = match &setter.takes {
            Type::Into(_) | Type::IntoNullable(_) => Accepts::Converted,
            _ => Accepts::Exact,
        };
        self.at(place, json, setter.value(), &setter.wire_name)
    }

    /// Changes to a complex value, unless its type is a derived one.
    fn part(&mut self, setter: &Setter, json: &Json, comments: &mut Vec<String>) -> Option<Code> {
        let Json::Object(members) = json else { return None };
        let Type::Generated(_) = setter.value() else { return None };
        let object = self.index.object(setter.value())?;
        let path = self.index.update_of(&object)?.clone();
        let update = self.index.update(&path)?;
        let is_own = json.type_name().is_none_or(|name| name == update.wire_name);
        if update.part.as_ref() != Some(setter.value()) || !is_own {
            return None;
        }
        // A builder that only sets undeclared members has no advantage over a struct.
        let is_known = |name: &str| {
            names::find(name, members, &update.setters, |one| &one.wire_name).is_some()
        };
        if !members.iter().all(|(name, _)| is_known(name) || name.contains('@')) {
            return None;
        }
        let (code, why) = self.update(&path, update, members);
        comments.extend(why);
        Some(code)
    }
}

/// The members without the annotation that specifies this type, for values that write it
/// themselves.
pub(super) fn without_type(
    members: &[(String, Json)],
    wire_name: Option<&str>,
) -> Vec<(String, Json)> {
    let written = wire_name.map(|name| Json::Text(format!("#{name}")));
    let is_written =
        |member: &&(String, Json)| member.0 == TYPE && written.as_ref() == Some(&member.1);
    members.iter().filter(|member| !is_written(member)).cloned().collect()
}

/// The variant of a derived type, by its name with the namespace or the alias.
fn variant<'h>(hierarchy: &'h Hierarchy, name: &str) -> Option<&'h HierarchyVariant> {
    let mut derived = hierarchy.derived.iter();
    derived.find(|one| one.wire_name == name || one.alias.as_deref() == Some(name))
}

/// Why a member does not belong to a field. Annotations never do.
fn undeclared(member: &str, json: &Json, structure: &Struct) -> Option<String> {
    let known = structure.fields.iter().map(|field| &field.wire_name);
    why(member, json, known, &structure.wire_name)
}

/// Why the update of a struct does not set a member.
fn not_set(member: &str, json: &Json, structure: &Struct) -> Option<String> {
    let is_declared = structure.fields.iter().any(|field| field.wire_name == *member);
    if is_declared {
        return Some(format!("An update cannot set `{member}`."));
    }
    undeclared(member, json, structure)
}

/// Why a setter does not take a value, or why there is none.
fn why_not(member: &str, json: &Json, update: &Update) -> Option<String> {
    let known = update.setters.iter().map(|setter| &setter.wire_name);
    why(member, json, known, &update.wire_name)
}

fn in_other_case(name: &str, written: &str) -> String {
    format!("The schema writes `{name}`, not `{written}`.")
}

fn why<'n>(
    member: &str,
    json: &Json,
    mut known: impl Iterator<Item = &'n String>,
    of: &str,
) -> Option<String> {
    if member.contains('@') {
        return None;
    }
    Some(match known.find(|name| name.eq_ignore_ascii_case(member)) {
        Some(name) if name != member => in_other_case(name, member),
        Some(_) if *json == Json::Null => format!("The schema does not allow null for `{member}`."),
        Some(_) => format!("The value of `{member}` does not have the type that `{of}` declares."),
        None => format!("`{of}` does not declare `{member}`."),
    })
}

fn scalar(place: Accepts, foreign: Foreign, json: &Json) -> Option<Code> {
    let code = match (foreign, json) {
        (Foreign::Bool, Json::Bool(value)) => Code::Bool(*value),
        (Foreign::String, Json::Text(value)) => {
            let text = Code::Text(value.clone());
            if place == Accepts::Converted {
                text
            } else {
                text.method(standard::TO_OWNED, Vec::new())
            }
        }
        (Foreign::Decimal, Json::Number(text)) => parsed(place, foreign, text)?,
        (_, Json::Number(text)) => Code::Number(text::number(foreign, text)?),
        (Foreign::Decimal, Json::Text(_)) => return None,
        (_, Json::Text(text)) => parsed(place, foreign, text)?,
        _ => return None,
    };
    Some(code)
}

fn parsed(place: Accepts, foreign: Foreign, text: &str) -> Option<Code> {
    text::is_parsed(foreign, text).then(|| {
        let explicit = (place == Accepts::Converted).then_some(Type::Foreign(foreign));
        Code::Parse(Box::new(Code::Text(text.to_owned())), explicit)
    })
}

/// JSON of no particular type.
pub(super) fn untyped(json: &Json) -> Code {
    match json {
        Json::Text(text) => Code::Text(text.clone()),
        Json::Bool(value) => Code::Bool(*value),
        Json::Null => Code::Null,
        Json::Number(text) if text.parse::<i64>().is_ok() => Code::Number(format!("{text}_i64")),
        Json::Number(text) if text.parse().is_ok_and(|value: f64| value.to_string() == *text) => {
            Code::Number(format!("{text}_f64"))
        }
        json => {
            let explicit = Some(Type::Foreign(Foreign::Untyped));
            Code::Parse(Box::new(Code::Raw(json.written())), explicit)
        }
    }
}
