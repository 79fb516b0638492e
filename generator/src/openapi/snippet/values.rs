//! JSON as code of a type.
//!
//! Enters: JSON and the type that a place declares. Leaves: an expression whose value is this JSON, and why some of
//! it is not typed. Must not know: what the value is for.
//!
//! What has no typed form is read from its JSON where the program runs, so there is always an expression.

use super::index::Index;
use super::multipart::SentPart;
use super::patches::{is_map_of_options, patched};
use super::runtime::{
    DEFAULT, FROM, FROM_TEXT_OF, NEW, TO_OWNED, WITH_HEADER, WITH_MEDIA_TYPE, WITH_NAME,
};
use crate::crate_plan::program::{Code, Owner, number};
use crate::crate_plan::{
    Dispatch, Foreign, Given, Item, ItemPath, JsonForm, Layout, Literal, Named, Presence, Struct,
    Type, Union,
};
use crate::input::json::Json;

/// The values of one request.
pub(super) struct Values<'i, 'p> {
    pub(super) index: &'i Index<'p>,
    /// Why some of them are not typed.
    pub(super) comments: Vec<String>,
    /// The parts of the body that are files, by their numbers.
    files: Vec<SentPart>,
}

/// The beginning of a text that is the number of a file, which JSON cannot hold. It is a private-use character,
/// which requests have no reason to contain.
const FILE_NUMBER: char = '\u{E000}';

const BOX: Owner = Owner::Standard(&["std", "boxed", "Box"]);
const FORMATTED: Owner = Owner::Runtime(&["model", "Formatted"]);
const FLAGS: Owner = Owner::Runtime(&["model", "Flags"]);
const FILE: Owner = Owner::Runtime(&["model", "File"]);
const MAP: Owner = Owner::Runtime(&["IndexMap"]);
const MAYBE: Owner = Owner::Runtime(&["model", "Maybe"]);

impl<'i, 'p> Values<'i, 'p> {
    pub(super) fn new(index: &'i Index<'p>) -> Self {
        Self { index, comments: Vec::new(), files: Vec::new() }
    }

    /// What represents a file in JSON.
    pub(super) fn file(&mut self, part: SentPart) -> Json {
        self.files.push(part);
        Json::Text(format!("{FILE_NUMBER}{}", self.files.len() - 1))
    }

    /// What is given where something is taken.
    pub(super) fn given(&mut self, json: &Json, takes: &Type) -> Code {
        match takes {
            Type::IntoNullable(_) if *json == Json::Null => Code::Null,
            Type::IntoValue(value) | Type::IntoNullable(value) | Type::IntoKey(value) => {
                self.sent(json, value)
            }
            Type::Implementing(named) if named.path == ["std", "convert", "Into"] => {
                match named.arguments.as_slice() {
                    [value] => self.converted(json, value),
                    _ => self.decoded(json, takes),
                }
            }
            Type::IntoBody(value) => match patched(value) {
                Some(object) => self.patch(json, object),
                None => self.exact(json, value),
            },
            value => self.exact(json, value.of_borrow().unwrap_or(value)),
        }
    }

    /// A file: one of the body, or a text.
    fn opened(&self, text: &str) -> Code {
        let from = |content| Code::associated(FILE, FROM, vec![content]);
        let number = text.strip_prefix(FILE_NUMBER).and_then(|number| number.parse::<usize>().ok());
        let Some(part) = number.and_then(|number| self.files.get(number)) else {
            return from(Code::Text(text.to_owned()));
        };
        let mut code = from(match std::str::from_utf8(&part.content) {
            Ok(text) => Code::Text(text.to_owned()),
            Err(_) => Code::Bytes(part.content.clone()),
        });
        if let Some(name) = &part.file_name {
            code = code.method(WITH_NAME, vec![Code::Text(name.clone())]);
        }
        if let Some(media_type) = &part.content_type {
            code = code.method(WITH_MEDIA_TYPE, vec![Code::Text(media_type.clone())]);
        }
        for (name, value) in &part.headers {
            let header = vec![Code::Text(name.clone()), Code::Text(value.clone())];
            code = code.method(WITH_HEADER, header);
        }
        code
    }

    /// What is sent as a value of a type: text is enough where the type has a text form, and an array for a list.
    pub(super) fn sent(&mut self, json: &Json, value: &Type) -> Code {
        match (self.index.meant(value), json) {
            (value, json)
                if patched(value).is_some_and(|object| self.index.patch(object).is_some()) =>
            {
                self.patch(json, patched(value).unwrap_or(value))
            }
            (Type::Named(named), Json::Object(members)) if is_map_of_options(named) => {
                self.entries(members, named)
            }
            (Type::Flags(of), Json::Text(text)) => {
                self.members(of, text).unwrap_or_else(|| self.exact(json, value))
            }
            (Type::Foreign(Foreign::String), Json::Text(text)) => Code::Text(text.clone()),
            (Type::Named(named), Json::Text(text))
                if takes_text(named) && !lacks_offset(named, text) =>
            {
                Code::Text(text.clone())
            }
            (Type::Foreign(Foreign::Untyped), Json::Text(text)) => Code::Text(text.clone()),
            (Type::Foreign(Foreign::Untyped), Json::Bool(value)) => Code::Bool(*value),
            (Type::Vec(item), Json::Array(items)) if items.is_empty() => {
                Code::Empty((**item).clone())
            }
            (Type::Vec(item), Json::Array(items)) if !items.contains(&Json::Null) => {
                Code::Array(items.iter().map(|one| self.sent(one, item)).collect())
            }
            (meant, json) => self.exact(json, meant),
        }
    }

    /// What is converted into a type by `Into`.
    fn converted(&mut self, json: &Json, value: &Type) -> Code {
        match (self.index.meant(value), json) {
            (Type::Foreign(Foreign::String), Json::Text(text)) => Code::Text(text.clone()),
            (Type::Foreign(Foreign::Untyped), Json::Text(text)) => Code::Text(text.clone()),
            (Type::Foreign(Foreign::Untyped), Json::Bool(value)) => Code::Bool(*value),
            (Type::Named(named), json) if named.path == ["model", "Maybe"] => {
                match (json, named.arguments.as_slice()) {
                    (Json::Null, _) => maybe("Null"),
                    (json, [value]) => self.exact(json, value),
                    _ => self.decoded(json, value),
                }
            }
            (Type::Option(_), Json::Null) => Code::None,
            (Type::Option(value), json) => self.exact(json, value),
            (Type::Flags(of), Json::Text(text)) => {
                self.members(of, text).unwrap_or_else(|| self.exact(json, value))
            }
            (Type::Generated(path), json) => match self.index.item(path) {
                Some(Item::Union(union)) => match self.branch(union, json) {
                    Some((at, code)) if union.branches[at].is_from => code,
                    _ => self.exact(json, value),
                },
                _ => self.exact(json, value),
            },
            (meant, json) => self.exact(json, meant),
        }
    }

    /// A value of a type.
    pub(super) fn exact(&mut self, json: &Json, value: &Type) -> Code {
        let before = self.comments.len();
        let typed = self.typed(json, self.index.meant(value));
        typed.unwrap_or_else(|| {
            // The reason is what was noted first.
            self.comments.truncate(before + 1);
            self.decoded(json, value)
        })
    }

    /// A value that is read from its JSON.
    fn decoded(&mut self, json: &Json, value: &Type) -> Code {
        Code::Decoded(json.written(), value.clone())
    }

    fn typed(&mut self, json: &Json, value: &Type) -> Option<Code> {
        match (value, json) {
            (Type::Foreign(foreign), json) => scalar(*foreign, json, value),
            (Type::Flags(of), Json::Text(text)) => Some(match self.members(of, text) {
                Some(members) => Code::associated(FLAGS, FROM, vec![members]),
                None => Code::Parse(Box::new(Code::Text(text.clone())), Some(value.clone())),
            }),
            (Type::Option(_), Json::Null) => Some(Code::None),
            (Type::Option(inner), json) => Some(Code::Some(Box::new(self.exact(json, inner)))),
            (Type::Box(inner), json) => {
                let inner = self.exact(json, inner);
                Some(Code::associated(BOX, NEW, vec![inner]))
            }
            (Type::Vec(item), Json::Array(items)) => {
                Some(Code::List(items.iter().map(|one| self.exact(one, item)).collect()))
            }
            (Type::Named(named), json) => self.named(json, named, value),
            (Type::Generated(path), json) => match self.index.item(path)? {
                Item::Struct(structure) => match self.derived(json, path, structure) {
                    Some(derived) => {
                        let value = self.typed(json, &Type::Generated(derived))?;
                        Some(Code::associated(path.into(), FROM, vec![value]))
                    }
                    None => self.structure(json, path, structure),
                },
                Item::Union(union) => {
                    let (at, code) = self.branch(union, json)?;
                    let branch = &union.branches[at];
                    let held = match &branch.value {
                        Type::Box(_) => Code::associated(BOX, NEW, vec![code]),
                        _ => code,
                    };
                    Some(Code::Call(Box::new(Code::constant(path, &branch.name)), vec![held]))
                }
                Item::Enum(all) => {
                    let Json::Text(text) = json else { return None };
                    let variant = all.variants.iter().find(|one| one.wire_name == *text);
                    Some(match variant {
                        Some(variant) => Code::constant(path, &variant.name),
                        None => Code::associated(path.into(), FROM, vec![Code::Text(text.clone())]),
                    })
                }
                Item::Literals(all) => {
                    let text = json.written();
                    let variant = all.variants.iter().find(|one| one.wire_name == text)?;
                    Some(Code::constant(path, &variant.name))
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn named(&mut self, json: &Json, named: &Named, value: &Type) -> Option<Code> {
        match (named.path, named.arguments.as_slice(), json) {
            (["model", "Formatted"], [_], Json::Text(text)) if lacks_offset(named, text) => {
                let text = Code::Text(text.clone());
                Some(Code::associated(FORMATTED, FROM_TEXT_OF, vec![text]))
            }
            (["model", "Formatted"], _, Json::Text(text)) => {
                Some(Code::Parse(Box::new(Code::Text(text.clone())), Some(value.clone())))
            }
            (["model", "File"], _, Json::Text(text)) => Some(self.opened(text)),
            (["model", "Maybe"], _, Json::Null) => Some(maybe("Null")),
            (["model", "Maybe"], [inner], json) => {
                let inner = self.exact(json, inner);
                Some(Code::Call(Box::new(maybe("Value")), vec![inner]))
            }
            (["IndexMap"], _, Json::Object(members)) if members.is_empty() => {
                Some(Code::New(value.clone()))
            }
            (["IndexMap"], [_, inner], Json::Object(members)) => {
                let pairs = members.iter().map(|(name, json)| {
                    let value = self.exact(json, inner);
                    Code::Tuple(vec![owned(name), value])
                });
                let pairs = Code::Array(pairs.collect());
                Some(Code::associated(MAP, FROM, vec![pairs]))
            }
            _ => None,
        }
    }

    /// The type that an object names, if that is derived from the declared one.
    fn derived(&self, json: &Json, base: &ItemPath, structure: &Struct) -> Option<ItemPath> {
        let (Json::Object(members), Layout::Json(layout)) = (json, &structure.layout) else {
            return None;
        };
        let family = layout.family.as_ref()?;
        let (_, tag) = members.iter().find(|(name, _)| *name == family.tag)?;
        let Json::Text(tag) = tag else { return None };
        let names = |path: &ItemPath| match self.index.item(path)? {
            Item::Struct(Struct { layout: Layout::Json(layout), .. }) => {
                let origin = layout.origins.iter().find(|origin| origin.base == *base)?;
                origin.names.contains(tag).then_some(origin.names.len())
            }
            _ => None,
        };
        // A type has the names of those that are derived from it as well.
        let named = family.converted.iter().filter_map(|path| Some((names(path)?, path)));
        named.min().map(|(_, path)| path.clone())
    }

    /// The members of a set that is written as they are joined: one, or an array.
    fn members(&mut self, of: &Type, text: &str) -> Option<Code> {
        let is_plain = !text.is_empty() && text != "0" && !text.contains(' ');
        let names = is_plain.then(|| text.split(','))?;
        let one = |name: &str| self.typed(&Json::Text(name.to_owned()), self.index.meant(of));
        let mut all: Vec<Code> = names.map(one).collect::<Option<_>>()?;
        Some(if all.len() == 1 { all.remove(0) } else { Code::Array(all) })
    }

    /// The members that a struct does not declare, by the setter for all of them.
    fn others(&mut self, structure: &Struct, members: &[(String, Json)]) -> Option<(String, Code)> {
        let Layout::Json(layout) = &structure.layout else { return None };
        let field = structure.fields.iter().find(|field| field.presence == Presence::Others)?;
        let setter = layout.setters.iter().find(|setter| setter.field == field.name)?;
        let value = self.typed(&Json::Object(members.to_vec()), &setter.takes)?;
        Some((setter.name.clone(), value))
    }

    /// A struct by its constructor and its setters.
    fn structure(&mut self, json: &Json, path: &ItemPath, structure: &Struct) -> Option<Code> {
        let (Json::Object(members), Layout::Json(layout)) = (json, &structure.layout) else {
            return None;
        };
        if layout.form == JsonForm::Tuple {
            return None;
        }
        let mut arguments = Vec::new();
        let mut set = Vec::new();
        let field = |name: &str| structure.fields.iter().find(|field| field.name == name);
        let given = |wire_name: &str| {
            members.iter().find(|(name, _)| name == wire_name).map(|(_, json)| json)
        };
        if let Some(constructor) = &layout.constructor {
            for initial in &constructor.fields {
                let wire_name = field(&initial.field)?.wire_name.as_str();
                set.push(wire_name);
                let json = given(wire_name);
                match &initial.value {
                    Given::Literal(literal)
                        if json.is_some_and(|json| is_literal(literal, json)) => {}
                    Given::Literal(_) => return None,
                    Given::Argument(name) | Given::Into(name) | Given::Boxed(name) => {
                        let takes = constructor.signature.argument(name)?;
                        let Some(json) = json else {
                            self.comments
                                .push(format!("`{}` needs `{wire_name}`.", structure.wire_name));
                            return None;
                        };
                        arguments.push(self.given(json, takes));
                    }
                }
            }
        }
        let mut code = match &layout.constructor {
            Some(_) => Code::associated(path.into(), NEW, arguments),
            None => Code::associated(path.into(), DEFAULT, Vec::new()),
        };
        let mut others = Vec::new();
        for (name, json) in members.iter().filter(|(name, _)| !set.contains(&name.as_str())) {
            let setter = layout.setters.iter().find(|setter| {
                let of = field(&setter.field);
                of.is_some_and(|of| of.wire_name == *name && is_single(&of.presence))
            });
            let Some(setter) = setter else {
                others.push((name.clone(), json.clone()));
                continue;
            };
            if *json == Json::Null && !takes_null(&setter.takes) {
                self.comments.push(format!("`{name}` of `{}` is never null.", structure.wire_name));
                return None;
            }
            let value = self.given(json, &setter.takes);
            code = code.method(&setter.name, vec![value]);
        }
        if let Some((name, _)) = others.first() {
            let comment = format!("`{}` has no setter for `{name}`.", structure.wire_name);
            let Some((name, value)) = self.others(structure, &others) else {
                self.comments.push(comment);
                return None;
            };
            code = code.method(&name, vec![value]);
        }
        Some(code)
    }

    /// The branch of a union that has a value, and the value without its box.
    fn branch(&mut self, union: &Union, json: &Json) -> Option<(usize, Code)> {
        let tagged = match (&union.dispatch, json) {
            (Dispatch::Tag { member, values, default, is_optional }, Json::Object(members)) => {
                let tag = members.iter().find(|(name, _)| name == member).map(|(_, json)| json);
                let known = values
                    .iter()
                    .find(|(literal, _)| tag.is_some_and(|tag| is_literal(literal, tag)));
                match tag {
                    None | Some(Json::Null) if *is_optional => None,
                    _ => Some(known.map(|(_, at)| *at).or(*default)?),
                }
            }
            _ => None,
        };
        let kind = kind(json);
        for (at, branch) in union.branches.iter().enumerate() {
            let is_own = branch.kinds.iter().any(|one| *one == "ANY" || kind.contains(one));
            if tagged.is_some_and(|tagged| tagged != at) || !is_own {
                continue;
            }
            let before = self.comments.len();
            let value = self.index.meant(branch.inner());
            if let Some(code) = self.typed(json, value).filter(|code| !has_decoded(code)) {
                return Some((at, code));
            }
            self.comments.truncate(before);
        }
        None
    }
}

/// Whether a field is one member.
fn is_single(presence: &Presence) -> bool {
    !matches!(presence, Presence::Pattern(_) | Presence::Others | Presence::Rest)
}

fn takes_null(takes: &Type) -> bool {
    match takes {
        Type::Implementing(named) => named.arguments.first().is_some_and(|one| match one {
            Type::Option(_) => true,
            Type::Named(named) => named.path == ["model", "Maybe"],
            one => *one == Type::any_json(),
        }),
        Type::Option(_) | Type::IntoNullable(_) => true,
        one => *one == Type::any_json(),
    }
}

/// Whether an expression reads JSON where the program runs.
fn has_decoded(code: &Code) -> bool {
    let any = |all: &[Code]| all.iter().any(has_decoded);
    match code {
        Code::Decoded(..) => true,
        Code::Call(_, arguments) => any(arguments),
        Code::Method { receiver, arguments, .. } => has_decoded(receiver) || any(arguments),
        Code::Some(inner) | Code::Reference(inner) => has_decoded(inner),
        Code::Array(all) | Code::Tuple(all) | Code::List(all) => any(all),
        _ => false,
    }
}

/// The types of the texts that a caller can give as they are: see `FromText` of the runtime.
const FROM_TEXT: &[&str] = &[
    "CalendarDuration",
    "Date",
    "DateTimeLocal",
    "DateTimeOffset",
    "Decimal",
    "Guid",
    "HttpDate",
    "Ipv4Addr",
    "Ipv6Addr",
    "TimeOfDay",
    "TimeOfDayOffset",
];

/// Whether a text is a value where a string with a format is taken.
fn takes_text(named: &Named) -> bool {
    let of_primitive = |value: &Type| matches!(value, Type::Named(named) if matches!(named.path, ["primitive", name] if FROM_TEXT.contains(name)));
    named.path == ["model", "Formatted"] && named.arguments.first().is_some_and(of_primitive)
}

/// Whether a text has no offset where a time has to have one: services send such texts nevertheless.
fn lacks_offset(named: &Named, text: &str) -> bool {
    let is_time = |value: &Type| matches!(value, Type::Named(named) if named.path == ["primitive", "TimeOfDayOffset"]);
    named.arguments.first().is_some_and(is_time) && !text.contains(['Z', 'z', '+', '-'])
}

fn is_literal(literal: &Literal, json: &Json) -> bool {
    match (literal, json) {
        (Literal::Text(one), Json::Text(other)) | (Literal::Number(one), Json::Number(other)) => {
            one == other
        }
        (Literal::Boolean(one), Json::Bool(other)) => one == other,
        _ => false,
    }
}

/// The names of the kinds of JSON that a value has, as the runtime calls them.
fn kind(json: &Json) -> &'static [&'static str] {
    match json {
        Json::Null => &["NULL"],
        Json::Bool(_) => &["BOOLEAN"],
        Json::Number(text) if text.contains(['.', 'e', 'E']) => &["NUMBER", "FRACTION"],
        Json::Number(_) => &["NUMBER", "INTEGER"],
        Json::Text(_) => &["STRING"],
        Json::Array(_) => &["ARRAY"],
        Json::Object(_) => &["OBJECT"],
    }
}

fn maybe(variant: &str) -> Code {
    Code::Associated(MAYBE, variant.to_owned())
}

/// A text that is a `String`.
fn owned(text: &str) -> Code {
    Code::Text(text.to_owned()).method(TO_OWNED, Vec::new())
}

fn scalar(foreign: Foreign, json: &Json, value: &Type) -> Option<Code> {
    let parsed = |text: Code| Some(Code::Parse(Box::new(text), Some(value.clone())));
    match (foreign, json) {
        (Foreign::Bool, Json::Bool(value)) => Some(Code::Bool(*value)),
        (Foreign::String, Json::Text(text)) => Some(owned(text)),
        (Foreign::Untyped, json) => parsed(Code::Raw(json.written())),
        (Foreign::Decimal, Json::Number(text)) => parsed(Code::Text(text.clone())),
        (_, Json::Number(text)) => number(foreign, text).map(Code::Number),
        _ => None,
    }
}
