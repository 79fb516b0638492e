//! A shape as text, for people.
//!
//! Enters: a shape. Leaves: lines: the form, the members, how branches are told apart, and why the shape has
//! more values than its schemas. A component in a shape is its name; an inline schema is written out.

use super::enumeration::{Enumeration, Literal, Value};
use super::scalar::{Integer, Number, Text};
use super::shape::{
    Derivation, Dispatch, Form, Map, Member, Object, Shape, ShapeId, Shapes, Tuple, Union, Use,
};
use crate::openapi::model::{Model, SchemaId};
use rustc_hash::FxHashSet;
use std::fmt::{self, Display, Formatter};

/// The most values of an enumeration that are written.
const MOST_VALUES: usize = 20;

/// The shape of a schema with what is needed to write it.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'s> {
    model: &'s Model,
    shapes: &'s Shapes,
    schema: SchemaId,
}

impl<'s> Shown<'s> {
    /// The shape of a schema.
    pub fn new(model: &'s Model, shapes: &'s Shapes, schema: SchemaId) -> Self {
        Self { model, shapes, schema }
    }
}

impl Display for Shown<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Self { model, shapes, schema } = *self;
        let Some(of) = shapes.of(schema) else { return out.write_str("not used") };
        let mut writer = Writer { model, shapes, out, depth: 0, written: FxHashSet::default() };
        // A component that is only another name for one is that one.
        match shapes.shape(of.shape).origin {
            Some(origin) if origin != schema => writer.used(of),
            _ => writer.whole(of),
        }
    }
}

struct Writer<'s, 'o, 'f> {
    model: &'s Model,
    shapes: &'s Shapes,
    out: &'o mut Formatter<'f>,
    depth: usize,
    /// The inline shapes that are written already.
    written: FxHashSet<ShapeId>,
}

impl<'s> Writer<'s, '_, '_> {
    /// A shape with all that it has, whatever its name.
    fn whole(&mut self, of: Use) -> fmt::Result {
        let shape = self.shapes.shape(of.shape);
        self.form(&shape.form)?;
        self.null(of)?;
        self.details(shape)
    }

    /// A shape in another one: its name, or all of it.
    fn used(&mut self, of: Use) -> fmt::Result {
        if let Some(name) = self.name(of.shape) {
            self.out.write_str(name)?;
            return self.null(of);
        }
        let shape = self.shapes.shape(of.shape);
        let is_large = matches!(shape.form, Form::Object(_) | Form::Map(_) | Form::Union(_));
        if is_large && !self.written.insert(of.shape) {
            self.form(&shape.form)?;
            self.null(of)?;
            return self.out.write_str(", as above");
        }
        self.whole(of)
    }

    fn name(&self, shape: ShapeId) -> Option<&'s str> {
        let origin = self.shapes.shape(shape).origin?;
        self.model.schema(origin).name.as_deref()
    }

    fn component(&self, schema: SchemaId) -> &'s str {
        self.model.schema(schema).name.as_deref().unwrap_or("a schema without a name")
    }

    fn null(&mut self, of: Use) -> fmt::Result {
        let is_said = matches!(self.shapes.shape(of.shape).form, Form::Null);
        if of.nullable && !is_said { self.out.write_str(" or null") } else { Ok(()) }
    }

    fn line(&mut self) -> fmt::Result {
        write!(self.out, "\n{:1$}", "", self.depth * 2)
    }

    fn form(&mut self, form: &'s Form) -> fmt::Result {
        match form {
            Form::Any => self.out.write_str("any JSON"),
            Form::Never => self.out.write_str("no value"),
            Form::Null => self.out.write_str("only null"),
            Form::Boolean => self.out.write_str("boolean"),
            Form::Integer(one) => write!(self.out, "{one}"),
            Form::Number(one) => write!(self.out, "{one}"),
            Form::Text(one) => write!(self.out, "{one}"),
            Form::Constant(one) => write!(self.out, "constant {}", one.literal),
            Form::Enumeration(all) => self.enumeration(all),
            Form::List(list) => {
                self.out.write_str(if list.unique { "set of " } else { "list of " })?;
                self.used(list.item)
            }
            Form::Tuple(tuple) => self.tuple(tuple),
            Form::Map(map) => {
                self.out.write_str("map")?;
                self.open(map)
            }
            Form::Object(object) => {
                self.out.write_str("object")?;
                self.open(&object.rest)
            }
            Form::Union(union) => {
                write!(self.out, "union")?;
                if union.open { self.out.write_str(", or any other JSON") } else { Ok(()) }
            }
        }
    }

    fn open(&mut self, map: &Map) -> fmt::Result {
        if map.open_kind { self.out.write_str(", or any JSON of another kind") } else { Ok(()) }
    }

    fn enumeration(&mut self, all: &'s Enumeration) -> fmt::Result {
        self.out.write_str("enumeration of ")?;
        for (at, value) in all.values.iter().take(MOST_VALUES).enumerate() {
            if at > 0 {
                self.out.write_str(", ")?;
            }
            self.value(value)?;
        }
        match all.values.len().saturating_sub(MOST_VALUES) {
            0 => Ok(()),
            more => write!(self.out, " and {more} more"),
        }
    }

    fn value(&mut self, value: &Value) -> fmt::Result {
        write!(self.out, "{}", value.literal)?;
        match &value.name {
            Some(name) => write!(self.out, " named {name}"),
            None => Ok(()),
        }
    }

    fn tuple(&mut self, tuple: &'s Tuple) -> fmt::Result {
        write!(self.out, "tuple, at least {} items", tuple.required)?;
        self.depth += 1;
        for item in &tuple.items {
            self.line()?;
            self.used(*item)?;
        }
        self.line()?;
        self.out.write_str("then ")?;
        self.used(tuple.rest)?;
        if tuple.closed {
            self.out.write_str(", which is not valid but kept")?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// What follows the line of the form.
    fn details(&mut self, shape: &'s Shape) -> fmt::Result {
        self.depth += 1;
        match &shape.form {
            Form::Object(object) => self.object(object)?,
            Form::Map(map) => self.rest(map)?,
            Form::Union(union) => self.union(union)?,
            _ => {}
        }
        for reason in shape.fidelity.reasons() {
            self.line()?;
            write!(self.out, "wider: {}", reason.why)?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn object(&mut self, object: &'s Object) -> fmt::Result {
        for member in &object.members {
            self.line()?;
            self.member(member)?;
        }
        if let Some(derivation) = &object.derivation {
            self.derivation(derivation)?;
        }
        self.rest(&object.rest)
    }

    fn member(&mut self, member: &'s Member) -> fmt::Result {
        write!(self.out, "{}", Quoted(&member.name))?;
        for (is, note) in [
            (member.required, "required"),
            (member.read_only, "read-only"),
            (member.write_only, "write-only"),
            (member.deprecated, "deprecated"),
            (member.default.is_some(), "with a default"),
        ] {
            if is {
                write!(self.out, ", {note}")?;
            }
        }
        self.out.write_str(": ")?;
        self.used(member.value)
    }

    fn derivation(&mut self, derivation: &'s Derivation) -> fmt::Result {
        self.line()?;
        write!(self.out, "derived by {}", Quoted(&derivation.tag))?;
        self.depth += 1;
        if !derivation.own.is_empty() {
            self.line()?;
            write!(self.out, "{}: itself", Values(&derivation.own))?;
        }
        for (at, derived) in derivation.derived.iter().enumerate() {
            self.line()?;
            write!(self.out, "{}: {}", Values(&derived.values), self.component(derived.schema))?;
            let parent = derived.parent.and_then(|one| derivation.derived.get(one));
            if let Some(parent) = parent {
                write!(self.out, ", derived from {}", self.component(parent.schema))?;
            }
            if derivation.default == Some(at) {
                self.out.write_str(", and for all other values")?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn rest(&mut self, map: &'s Map) -> fmt::Result {
        for pattern in &map.patterns {
            self.line()?;
            write!(self.out, "/{}/: ", pattern.pattern)?;
            self.used(pattern.value)?;
        }
        self.line()?;
        self.out.write_str("…: ")?;
        self.used(map.rest)?;
        if map.closed { self.out.write_str(", which is not valid but kept") } else { Ok(()) }
    }

    fn union(&mut self, union: &'s Union) -> fmt::Result {
        let tags = |at: usize| -> Vec<&Literal> {
            match &union.dispatch {
                Dispatch::Tag(tag) => {
                    tag.values.iter().filter(|one| one.1 == at).map(|one| &one.0).collect()
                }
                _ => Vec::new(),
            }
        };
        self.line()?;
        match &union.dispatch {
            Dispatch::Kind => self.out.write_str("told by the kind of JSON")?,
            Dispatch::Tag(tag) => {
                let by = if tag.span.is_some() { "the discriminator" } else { "the constants of" };
                write!(self.out, "told by {by} {}", Quoted(&tag.member))?;
                if tag.is_optional {
                    self.out.write_str(" if it is there, else the first one that fits")?;
                }
            }
            Dispatch::Members(known) => {
                self.out.write_str("told by required members, tried in the order ")?;
                for (at, one) in known.iter().enumerate() {
                    let comma = if at > 0 { ", " } else { "" };
                    write!(self.out, "{comma}{}", one.branch + 1)?;
                }
            }
            Dispatch::FirstFit { why } => {
                write!(self.out, "the first one that fits, because {why}")?;
            }
        }
        for (at, branch) in union.branches.iter().enumerate() {
            self.line()?;
            write!(self.out, "{}. ", at + 1)?;
            let tags = tags(at);
            for (number, tag) in tags.iter().enumerate() {
                write!(self.out, "{}{tag}", if number > 0 { ", " } else { "" })?;
            }
            if !tags.is_empty() {
                self.out.write_str(": ")?;
            }
            self.used(Use { shape: branch.shape, nullable: false })?;
            if matches!(&union.dispatch, Dispatch::Tag(tag) if tag.default == Some(at)) {
                self.out.write_str(", and for all other values")?;
            }
        }
        Ok(())
    }
}

/// A text in quotes, on one line.
struct Quoted<'t>(&'t str);

impl Display for Quoted<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "\"{}\"", self.0.escape_debug())
    }
}

struct Values<'t>(&'t [String]);

impl Display for Values<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return out.write_str("no value");
        }
        for (at, value) in self.0.iter().enumerate() {
            write!(out, "{}{}", if at > 0 { ", " } else { "" }, Quoted(value))?;
        }
        Ok(())
    }
}

impl Display for Literal {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(out, "{}", Quoted(text)),
            Self::Number(digits) => out.write_str(digits),
            Self::Boolean(value) => write!(out, "{value}"),
        }
    }
}

impl Display for Integer {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let (sign, bits) = match self {
            Self::I8 => ("", 8),
            Self::I16 => ("", 16),
            Self::I32 => ("", 32),
            Self::I64 => ("", 64),
            Self::U8 => ("unsigned ", 8),
            Self::U16 => ("unsigned ", 16),
            Self::U32 => ("unsigned ", 32),
            Self::U64 => ("unsigned ", 64),
            Self::Large => return out.write_str("integer of any size"),
        };
        write!(out, "{sign}integer of {bits} bits")
    }
}

impl Display for Number {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Plain => "number",
            Self::Float => "number (float)",
            Self::Double => "number (double)",
            Self::Decimal => "number (decimal)",
        })
    }
}

impl Display for Text {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let format = match self {
            Self::Plain => return out.write_str("string"),
            Self::DateTime => "date-time",
            Self::LocalDateTime => "date-time without an offset",
            Self::Date => "date",
            Self::Time => "time",
            Self::LocalTime => "time without an offset",
            Self::HttpDate => "date of HTTP",
            Self::UnixTime => "seconds since 1970",
            Self::Duration => "duration",
            Self::Uuid => "UUID",
            Self::Uri => "URI",
            Self::Ipv4 => "IPv4 address",
            Self::Ipv6 => "IPv6 address",
            Self::Int64 => "integer of 64 bits",
            Self::Uint64 => "unsigned integer of 64 bits",
            Self::Decimal => "decimal",
            Self::Base64 => "bytes in Base64",
            Self::Base64Url => "bytes in Base64 for URLs",
            Self::Binary => "bytes",
            Self::Password => "password",
        };
        write!(out, "string ({format})")
    }
}
