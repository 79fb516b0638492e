//! JSON as what setters and requests of a generated crate take.
//!
//! Enters: JSON and the type that a place declares. Leaves: an expression that is sent as this JSON, and why
//! some of it is not typed. Must not know: the request that the value is for.

use super::index::Index;
use super::names;
use super::slice::Whole;
use super::text;
use crate::crate_plan::naming::{identifier, value_name};
use crate::crate_plan::program::{Called, Code, Statement, number};
use crate::crate_plan::{Foreign, ItemPath, Setter, Struct, Type, Update};
use crate::input::json::Json;
use crate::odata::edm::Model;
use crate::odata::runtime::update;
use std::collections::BTreeSet;

/// The annotation that names the type of an object.
const TYPE: &str = "@odata.type";

/// The most items that a tuple of the runtime takes.
const TUPLE: usize = 8;

/// The values that are built so far.
pub(super) struct Values<'i, 'p> {
    index: &'i Index<'p>,
    model: &'i Model,
    /// The service, if the crate has a slice of it.
    whole: Option<&'i Whole<'p>>,
    /// The statements, in order.
    pub(super) statements: Vec<Statement>,
    taken: BTreeSet<String>,
    /// Why some of the next value is not typed.
    comments: Vec<String>,
}

impl<'i, 'p> Values<'i, 'p> {
    /// No values yet, with the names that are taken.
    pub(super) fn new(
        index: &'i Index<'p>,
        model: &'i Model,
        whole: Option<&'i Whole<'p>>,
        taken: &[&str],
    ) -> Self {
        let taken = taken.iter().map(|name| (*name).to_owned()).collect();
        Self { index, model, whole, statements: Vec::new(), taken, comments: Vec::new() }
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

    /// A variable with what is sent where a type is declared. `None` if the JSON is not a value of the
    /// type.
    pub(super) fn variable(&mut self, json: &Json, value: &Type, name: &str) -> Option<Code> {
        self.comments.clear();
        let value = self.sent(json, value)?;
        Some(self.bound(value, name))
    }

    /// A variable with the parameters that an object sets.
    pub(super) fn parameters(
        &mut self,
        path: &ItemPath,
        members: &[(String, Json)],
    ) -> Option<Code> {
        let update = self.index.update(path)?;
        self.comments.clear();
        let value = self.builder(path, update, members);
        Some(self.bound(value, "parameters"))
    }

    fn bound(&mut self, value: Code, name: &str) -> Code {
        let name = self.fresh(name);
        let comments = std::mem::take(&mut self.comments);
        self.statements.push(Statement { comments, name: name.clone(), value });
        Code::Variable(name)
    }

    /// What is sent where a type is declared.
    fn sent(&mut self, json: &Json, value: &Type) -> Option<Code> {
        match (value, json) {
            (Type::Foreign(Foreign::Untyped), Json::Null) => None,
            (Type::Foreign(Foreign::Untyped), json) => Some(untyped(json)),
            (Type::Foreign(Foreign::GeoJson), json @ Json::Object(_)) => {
                Some(parsed(Code::Raw(json.written()), value))
            }
            (Type::Foreign(foreign), json) => scalar(*foreign, json),
            (Type::Flags(member), Json::Text(text)) => {
                // A set in a different form keeps this form if it is parsed.
                let read = || parsed(Code::Text(text.clone()), value);
                Some(text::flags(self.index, member, text).unwrap_or_else(read))
            }
            (Type::Vec(item), Json::Array(items)) => self.list(items, item),
            (Type::Generated(path), Json::Text(text)) => text::member(self.index, path, text),
            (Type::Generated(path), Json::Object(members)) => {
                let (builder, name) = self.chosen(path, json)?;
                // The builder of a derived type writes the name of its type itself.
                let members = without_type(members, name.as_deref());
                let update = self.index.update(&builder)?;
                Some(self.builder(&builder, update, &members))
            }
            _ => None,
        }
    }

    /// A collection: an array, or a tuple if its items have several types.
    fn list(&mut self, items: &[Json], item: &Type) -> Option<Code> {
        let (item, is_nullable) = match item {
            Type::Option(inner) => (&**inner, items.contains(&Json::Null)),
            item => (item, false),
        };
        if items.is_empty() {
            return Some(Code::Empty(item.clone()));
        }
        let codes: Option<Vec<Code>> = items
            .iter()
            .map(|json| match (item, json) {
                (_, Json::Null) if is_nullable => Some(Code::None),
                // All items of an array have one type.
                (Type::Foreign(Foreign::Untyped), json) => {
                    Some(parsed(Code::Raw(json.written()), item))
                }
                (Type::Flags(_), Json::Text(text)) => Some(parsed(Code::Text(text.clone()), item)),
                _ => {
                    let code = self.sent(json, item)?;
                    Some(if is_nullable { Code::Some(Box::new(code)) } else { code })
                }
            })
            .collect();
        let codes = codes?;
        let is_mixed = match item {
            Type::Generated(path) => {
                let mut chosen = items.iter().map(|json| self.chosen(path, json));
                let first = chosen.next();
                chosen.any(|one| Some(one) != first)
            }
            _ => false,
        };
        // `None` alone has no type.
        let is_clear = codes.iter().any(|code| *code != Code::None);
        match is_mixed {
            true => (codes.len() <= TUPLE && !is_nullable).then_some(Code::Tuple(codes)),
            false => is_clear.then_some(Code::Array(codes)),
        }
    }

    /// The builder for an object that a struct is declared for: that of the type that the object specifies,
    /// if that is a derived one, and then its wire name.
    fn chosen(&self, declared: &ItemPath, json: &Json) -> Option<(ItemPath, Option<String>)> {
        let derived = json.type_name().and_then(|name| {
            let name = self.model.unaliased(name).next().unwrap_or_else(|| name.to_owned());
            let object = self.index.object(&self.index.declared(&name)?)?;
            let structure = self.index.structure(&object)?;
            let is_derived = structure.bases.contains(declared);
            let update = self.index.update_of(&object).filter(|_| is_derived)?;
            Some((update.clone(), Some(structure.wire_name.clone())))
        });
        derived.or_else(|| Some((self.index.update_of(declared)?.clone(), None)))
    }

    /// A builder with what an object sets.
    fn builder(&mut self, path: &ItemPath, changes: &Update, members: &[(String, Json)]) -> Code {
        let mut calls = Vec::new();
        let mut renamed = Vec::new();
        for (member, json) in members {
            let setter = names::find(member, members, &changes.setters, |one| &one.wire_name);
            let argument = setter.and_then(|setter| self.argument(setter, json));
            calls.push(match (setter, argument) {
                (Some(setter), Some(argument)) => {
                    let name = &setter.wire_name;
                    self.comments.extend((name != member).then(|| in_other_case(name, member)));
                    renamed.push((member.as_str(), name.as_str()));
                    (Called::from(&setter.name), None, argument)
                }
                _ => {
                    let why = self.why_untyped(changes, setter, member, json);
                    self.comments.extend(why);
                    (update::ADDITIONAL.into(), Some(member), untyped(json))
                }
            });
        }
        let new = Code::associated(path.into(), update::NEW, Vec::new());
        calls.into_iter().fold(new, |code, (method, member, argument)| {
            let name = member.map(|member| Code::Text(names::annotation(member, &renamed)));
            code.method(method, name.into_iter().chain([argument]).collect())
        })
    }

    /// The argument of a setter. What was noted about a value that has no typed form is of no interest.
    fn argument(&mut self, setter: &Setter, json: &Json) -> Option<Code> {
        if *json == Json::Null {
            return setter.is_nullable().then_some(Code::Null);
        }
        let noted = self.comments.len();
        let argument = self.sent(json, setter.value());
        if argument.is_none() {
            self.comments.truncate(noted);
        }
        argument
    }

    /// Why a member has no typed form.
    fn why_untyped(
        &self,
        update: &Update,
        setter: Option<&Setter>,
        member: &str,
        json: &Json,
    ) -> Option<String> {
        let object = update.changed.object();
        let object = object.and_then(|object| self.index.structure(object));
        let is_field = |one: &Struct| one.fields.iter().any(|field| field.wire_name == *member);
        let is_known = setter.is_some() || object.is_some_and(is_field);
        let left_out = if is_known { None } else { self.left_out(&update.wire_name, member, json) };
        left_out.or_else(|| match object {
            Some(structure) if setter.is_none() => not_set(member, json, structure),
            _ => why_not(member, json, update),
        })
    }

    /// Why the slice does not have a member or a type, if the whole service has it.
    fn left_out(&self, of: &str, member: &str, json: &Json) -> Option<String> {
        match (member, json) {
            (TYPE, Json::Text(name)) => {
                self.whole?.type_named(self.index, name.strip_prefix('#').unwrap_or(name))
            }
            _ => self.whole?.member(self.index, of, member),
        }
    }
}

/// The members without the annotation that specifies this type, for builders that write it themselves.
fn without_type(members: &[(String, Json)], wire_name: Option<&str>) -> Vec<(String, Json)> {
    let written = wire_name.map(|name| Json::Text(format!("#{name}")));
    let is_written =
        |member: &&(String, Json)| member.0 == TYPE && written.as_ref() == Some(&member.1);
    members.iter().filter(|member| !is_written(member)).cloned().collect()
}

/// Why the builder of a struct does not set a member. Annotations never have setters.
fn not_set(member: &str, json: &Json, structure: &Struct) -> Option<String> {
    if structure.fields.iter().any(|field| field.wire_name == *member) {
        return Some(format!("A builder cannot set `{member}`."));
    }
    let known = structure.fields.iter().map(|field| &field.wire_name);
    why(member, json, known, &structure.wire_name)
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

fn scalar(foreign: Foreign, json: &Json) -> Option<Code> {
    match (foreign, json) {
        (Foreign::Bool, Json::Bool(value)) => Some(Code::Bool(*value)),
        (Foreign::String, Json::Text(value)) => Some(Code::Text(value.clone())),
        (Foreign::Decimal, Json::Number(text)) => text::literal(foreign, text),
        (_, Json::Number(text)) => number(foreign, text).map(Code::Number),
        (Foreign::Decimal, Json::Text(_)) => None,
        (_, Json::Text(text)) => text::literal(foreign, text),
        _ => None,
    }
}

fn parsed(text: Code, value: &Type) -> Code {
    Code::Parse(Box::new(text), Some(value.clone()))
}

/// JSON of no particular type.
fn untyped(json: &Json) -> Code {
    match json {
        Json::Text(text) => Code::Text(text.clone()),
        Json::Bool(value) => Code::Bool(*value),
        Json::Null => Code::Null,
        Json::Number(text) if text.parse::<i64>().is_ok() => Code::Number(text.clone()),
        Json::Number(text) if text.parse().is_ok_and(|value: f64| value.to_string() == *text) => {
            Code::Number(text.clone())
        }
        json => parsed(Code::Raw(json.written()), &Type::Foreign(Foreign::Untyped)),
    }
}
