//! A JSON value as a tree. Numbers keep their text.

use crate::json::Fault;
use crate::json::reader::{self, Reader};
use std::borrow::Cow;

/// A JSON value, with its JSON text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'json> {
    Null,
    /// The text of a string, or of a number or a boolean.
    Scalar(&'json str, Cow<'json, str>),
    List(&'json str, Vec<Self>),
    /// The members in their order.
    Object(&'json str, Vec<Member<'json>>),
}

/// The name of a member, and its value.
pub(crate) type Member<'json> = (Cow<'json, str>, Value<'json>);

impl<'json> Value<'json> {
    /// Reads JSON text.
    pub(crate) fn read(json: &'json str) -> Result<Self, Fault> {
        let mut reader = Reader::new(json);
        let value = Self::next(&mut reader).and_then(|value| reader.end().map(|()| value));
        value.map_err(|fault| Fault::new(fault.error(json)))
    }

    fn next(reader: &mut Reader<'json>) -> Result<Self, reader::Fault> {
        match reader.peek() {
            Some(b'"') => {
                let start = reader.place();
                let text = reader.quoted()?;
                Ok(Self::Scalar(reader.since(start), text))
            }
            Some(b'[') => Self::list(reader),
            Some(b'{') => Self::object(reader),
            _ => Ok(match reader.raw()? {
                "null" => Self::Null,
                text => Self::Scalar(text, text.into()),
            }),
        }
    }

    fn list(reader: &mut Reader<'json>) -> Result<Self, reader::Fault> {
        let start = reader.place();
        let mut items = Vec::new();
        reader.begin(b'[', "a list")?;
        while reader.item(items.is_empty())? {
            items.push(Self::next(reader)?);
        }
        Ok(Self::List(reader.since(start), items))
    }

    fn object(reader: &mut Reader<'json>) -> Result<Self, reader::Fault> {
        let start = reader.place();
        let mut members = Vec::new();
        reader.begin(b'{', "an object")?;
        while let Some(name) = reader.any_name(members.is_empty())? {
            reader.colon()?;
            members.push((name, Self::next(reader)?));
        }
        Ok(Self::Object(reader.since(start), members))
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The text of a scalar; of null, nothing; of anything else, its JSON.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Null => "".into(),
            Self::Scalar(_, text) => text.as_ref().into(),
            Self::List(..) | Self::Object(..) => self.json(),
        }
    }

    /// The JSON text, without white space between its parts.
    pub(crate) fn json(&self) -> Cow<'json, str> {
        match self {
            Self::Null => "null".into(),
            Self::Scalar(json, _) => (*json).into(),
            Self::List(json, _) | Self::Object(json, _) => without_blanks(json),
        }
    }
}

/// JSON text without the white space between its parts.
fn without_blanks(json: &str) -> Cow<'_, str> {
    let mut is_text = false;
    let mut is_escape = false;
    let is_kept = |character: &char| {
        match character {
            '"' if !is_escape => is_text = !is_text,
            ' ' | '\t' | '\n' | '\r' if !is_text => return false,
            _ => {}
        }
        is_escape = *character == '\\' && !is_escape;
        true
    };
    let kept: String = json.chars().filter(is_kept).collect();
    if kept.len() == json.len() { json.into() } else { kept.into() }
}
