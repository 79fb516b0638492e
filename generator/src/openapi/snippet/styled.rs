//! The text of a parameter as JSON: what the runtime wrote it from.
//!
//! Enters: text in an address, a header or a cookie, how it is written, and the type of the value. Leaves: JSON.
//! Must not know: where the text was.

use super::address::decoded;
use super::index::Index;
use crate::crate_plan::{Carried, Foreign, Item, Place, Presence, Struct, Type};
use crate::input::json::Json;

/// The values of one request that are text.
pub(super) struct Styled<'i, 'p> {
    pub(super) index: &'i Index<'p>,
}

/// What a value is, as far as its text depends on it.
enum Form<'t> {
    Scalar(&'t Type),
    List(&'t Type),
    Object(Option<&'t Struct>, Option<&'t Type>),
}

impl Styled<'_, '_> {
    /// A value in the path, or that of a header.
    pub(super) fn single(&self, carried: &Carried, value: &Type, text: &str) -> Option<Json> {
        if carried.is_json {
            return Json::read(&self.plain(carried, text));
        }
        let name = &carried.name;
        let explode = carried.explode.unwrap_or(false);
        let (text, separator) = match carried.style {
            Some("Label") => (text.strip_prefix('.')?, if explode { "." } else { "," }),
            Some("Matrix") => {
                let text = text.strip_prefix(';')?;
                match explode {
                    true => (text, ";"),
                    false => (text.strip_prefix(name.as_str())?.trim_start_matches('='), ","),
                }
            }
            _ => (text, ","),
        };
        let is_matrix = carried.style == Some("Matrix") && explode;
        match self.form(value) {
            Form::Scalar(value) => {
                let own = if is_matrix {
                    text.strip_prefix(name.as_str())?.trim_start_matches('=')
                } else {
                    text
                };
                Some(self.scalar(value, &self.plain(carried, own)))
            }
            Form::List(item) => {
                let parts = split(text, separator).map(|part| match is_matrix {
                    true => part.split_once('=').map_or("", |(_, value)| value),
                    false => part,
                });
                Some(Json::Array(
                    parts.map(|one| self.nested(item, &self.plain(carried, one))).collect(),
                ))
            }
            Form::Object(structure, others) => {
                let parts: Vec<&str> = split(text, separator).collect();
                let pairs: Vec<(&str, &str)> = match explode {
                    true => parts.iter().filter_map(|part| part.split_once('=')).collect(),
                    false => parts
                        .chunks(2)
                        .filter_map(|two| Some((*two.first()?, *two.get(1)?)))
                        .collect(),
                };
                let member = |(name, text): &(&str, &str)| {
                    let name = self.plain(carried, name);
                    let value = member(structure, others, &name);
                    let json = self.nested(value, &self.plain(carried, text));
                    (name, json)
                };
                Some(Json::Object(pairs.iter().map(member).collect()))
            }
        }
    }

    /// A value in the query or in cookies, of which `take` removes and returns the pairs with a name.
    pub(super) fn pairs(
        &self,
        carried: &Carried,
        value: &Type,
        left: &mut Vec<(String, Option<String>)>,
    ) -> Option<Json> {
        let name = carried.name.as_str();
        let mut take = |is_own: &dyn Fn(&str) -> bool| {
            let (own, others) =
                std::mem::take(left).into_iter().partition(|(name, _)| is_own(name));
            *left = others;
            let own: Vec<(String, Option<String>)> = own;
            own
        };
        if carried.style == Some("DeepObject") {
            let before = format!("{name}[");
            let own = take(&|one| one.starts_with(&before));
            return (!own.is_empty()).then(|| self.deep(value, &before, own));
        }
        let explode = carried.explode.unwrap_or(true);
        if let Form::Object(structure, others) = self.form(value)
            && explode
            && !carried.is_json
        {
            let is_member = |one: &str| match (structure, others) {
                (Some(structure), _) => structure.fields.iter().any(|field| field.wire_name == one),
                (None, _) => true,
            };
            let own = take(&is_member);
            let member = |(name, text): (String, Option<String>)| {
                let json = self
                    .nested(member(structure, others, &name), &decoded(&text.unwrap_or_default()));
                (name, json)
            };
            return (!own.is_empty()).then(|| Json::Object(own.into_iter().map(member).collect()));
        }
        let own = take(&|one| one == name);
        let first = own.first()?.1.clone().unwrap_or_default();
        if carried.is_json {
            return Json::read(&decoded(&first));
        }
        let separators: &[&str] = match (carried.style, explode) {
            (_, true) => &[],
            (Some("SpaceDelimited"), _) => &["%20", "+", " "],
            (Some("PipeDelimited"), _) => &["%7C", "%7c", "|"],
            (Some("TabDelimited"), _) => &["%09", "\t"],
            _ => &[","],
        };
        match self.form(value) {
            Form::Scalar(value) => Some(self.scalar(value, &decoded(&first))),
            Form::List(item) => {
                let texts: Vec<String> = match separators.iter().find(|one| first.contains(**one)) {
                    Some(separator) => split(&first, separator).map(str::to_owned).collect(),
                    None if explode => {
                        own.into_iter().map(|(_, text)| text.unwrap_or_default()).collect()
                    }
                    None => split(&first, "\0").map(str::to_owned).collect(),
                };
                Some(Json::Array(
                    texts.iter().map(|one| self.nested(item, &decoded(one))).collect(),
                ))
            }
            Form::Object(structure, others) => {
                let separator = separators.iter().find(|one| first.contains(**one));
                let parts: Vec<&str> = split(&first, separator.unwrap_or(&",")).collect();
                let pairs =
                    parts.chunks(2).filter_map(|two| Some((decoded(two.first()?), two.get(1)?)));
                let member = |(name, text): (String, &&str)| {
                    let json = self.nested(member(structure, others, &name), &decoded(text));
                    (name, json)
                };
                Some(Json::Object(pairs.map(member).collect()))
            }
        }
    }

    /// A field of a form that is written by its kind: a list as a pair for each item, an object as JSON.
    pub(super) fn field(
        &self,
        name: &str,
        value: &Type,
        left: &mut Vec<(String, Option<String>)>,
    ) -> Option<Json> {
        let (own, others): (Vec<_>, Vec<_>) =
            std::mem::take(left).into_iter().partition(|(one, _)| one == name);
        *left = others;
        let texts = own.into_iter().map(|(_, text)| decoded(&text.unwrap_or_default()));
        let texts: Vec<String> = texts.collect();
        let list = |item| Json::Array(texts.iter().map(|one| self.nested(item, one)).collect());
        match (self.form(value), texts.as_slice()) {
            (_, []) => None,
            (Form::List(item), _) => Some(list(item)),
            (_, [text]) => Some(self.nested(value, text)),
            // Only what may be anything can be a list, too.
            _ => Some(list(value)),
        }
    }

    /// What is in a list or an object: a scalar, or JSON of anything else.
    fn nested(&self, value: &Type, text: &str) -> Json {
        match self.form(value) {
            Form::Scalar(value) => self.scalar(value, text),
            Form::List(_) | Form::Object(..) => {
                Json::read(text).unwrap_or_else(|| Json::Text(text.to_owned()))
            }
        }
    }

    /// The type of a member of a value.
    pub(super) fn member<'t>(&'t self, value: &'t Type, name: &str) -> &'t Type {
        match self.form(value) {
            Form::Object(structure, others) => member(structure, others, name),
            _ => member(None, None, name),
        }
    }

    /// `name[member]=value`; what is nested deeper is an object again.
    fn deep(&self, value: &Type, before: &str, pairs: Vec<(String, Option<String>)>) -> Json {
        let (structure, others) = match self.form(value) {
            Form::Object(structure, others) => (structure, others),
            _ => (None, None),
        };
        let mut members: Vec<(String, Json)> = Vec::new();
        for (name, text) in pairs {
            let inner = name.strip_prefix(before).unwrap_or(&name);
            let inner = inner.split(']').next().unwrap_or(inner).to_owned();
            let value = member(structure, others, &inner);
            let text = decoded(&text.unwrap_or_default());
            match self.form(value) {
                Form::List(item) => {
                    let json = self.scalar(item, &text);
                    match members.iter_mut().find(|(known, _)| *known == inner) {
                        Some((_, Json::Array(all))) => all.push(json),
                        _ => members.push((inner, Json::Array(vec![json]))),
                    }
                }
                _ => members.push((inner, self.scalar(value, &text))),
            }
        }
        Json::Object(members)
    }

    /// The text of a header is not percent-encoded.
    fn plain(&self, carried: &Carried, text: &str) -> String {
        if carried.place == Place::Header { text.to_owned() } else { decoded(text) }
    }

    fn form<'t>(&'t self, value: &'t Type) -> Form<'t> {
        match self.index.meant(value) {
            Type::Vec(item) => Form::List(item),
            Type::Option(inner) | Type::Box(inner) => self.form(inner),
            Type::Named(named) => match (named.path, named.arguments.as_slice()) {
                (["IndexMap"], [_, value]) => Form::Object(None, Some(value)),
                (["model", "Maybe"], [value]) => self.form(value),
                _ => Form::Scalar(value),
            },
            Type::Generated(path) => match self.index.item(path) {
                Some(Item::Struct(one)) => Form::Object(Some(one), None),
                _ => Form::Scalar(value),
            },
            _ => Form::Scalar(value),
        }
    }

    /// A text as a value of a type: a number or a boolean if the type has them.
    pub(super) fn scalar(&self, value: &Type, text: &str) -> Json {
        let is_number = || matches!(Json::read(text), Some(Json::Number(_)));
        match self.index.meant(value) {
            Type::Foreign(Foreign::String) => Json::Text(text.to_owned()),
            Type::Foreign(Foreign::Bool) if text == "true" || text == "false" => {
                Json::Bool(text == "true")
            }
            Type::Foreign(_) if is_number() => Json::Number(text.to_owned()),
            Type::Option(inner) | Type::Box(inner) => self.scalar(inner, text),
            Type::Named(named) => match (named.path, named.arguments.as_slice()) {
                (["model", "Maybe"], [value]) => self.scalar(value, text),
                (["primitive", "Decimal"], _) if is_number() => Json::Number(text.to_owned()),
                _ => Json::Text(text.to_owned()),
            },
            Type::Generated(path) => match self.index.item(path) {
                Some(Item::Literals(all))
                    if all.variants.iter().any(|one| one.wire_name == text) =>
                {
                    Json::read(text).unwrap_or_else(|| Json::Text(text.to_owned()))
                }
                Some(Item::Union(_)) => match Json::read(text) {
                    Some(json @ (Json::Number(_) | Json::Bool(_))) => json,
                    _ => Json::Text(text.to_owned()),
                },
                _ => Json::Text(text.to_owned()),
            },
            _ => Json::Text(text.to_owned()),
        }
    }
}

/// The parts of a text; none if it is empty.
fn split<'t>(text: &'t str, separator: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(separator).filter(move |_| !text.is_empty())
}

/// The type of a member.
fn member<'t>(structure: Option<&'t Struct>, others: Option<&'t Type>, name: &str) -> &'t Type {
    static TEXT: Type = Type::Foreign(Foreign::String);
    let field = structure.and_then(|one| {
        let others = || one.fields.iter().find(|field| field.presence == Presence::Others);
        one.fields.iter().find(|field| field.wire_name == name).or_else(others)
    });
    field.map(|field| &field.value).or(others).unwrap_or(&TEXT)
}
