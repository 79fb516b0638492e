//! Values of parameters as text, by their styles.
//!
//! Enters: what a document declares of a parameter, and a value as JSON text. Leaves: encoded text for the
//! place of the parameter, or why the place cannot have the value. Must not know: requests, addresses.
//!
//! Scalars, lists of scalars and objects with scalar members are written by RFC 6570 and the tables of
//! OpenAPI 3.2. No value can add a pair to a query or a cookie, a segment to a path, or a line
//! to a header. The one exception is a parameter with `allowReserved: true`: the document passes `&` and `;` on
//! to whoever calls. What the specification calls undefined has one form:
//!
//! | value | form |
//! |---|---|
//! | null as the value | as an empty string |
//! | null as an item or a member | left out |
//! | a list or an object without items | not sent; in a path, nothing |
//! | a list or an object in a list or an object | its JSON without white space, as the text of a scalar |
//! | the same where 2.0 declares formats of inner lists | joined by the inner format |
//! | a scalar with a style of lists | `name=value` |
//! | `spaceDelimited`, `pipeDelimited`, exploded | as `form`, exploded |
//! | `spaceDelimited`, `pipeDelimited` in a path or a header (2.0) | as `simple` with this delimiter |
//! | `deepObject`, an object in an object | `name[a][b]=value`, at any depth |
//! | `deepObject`, a list of scalars | `name[a][]=value` for each; PHP, Rack, Node's `qs` and ASP.NET read it |
//! | `deepObject`, a list with lists or objects | `name[a][0][b]=value`, since `[]` would not separate the items |
//! | `deepObject`, not exploded | as exploded |
//! | exploded `form` in a cookie | a cookie for each item or member, with `; ` between them |
//! | an item that has the delimiter | encoded as always; where nothing is encoded (headers), it is one more item |
//! | an empty value where `allowEmptyValue` is true | the name alone |
//! | `in: querystring`, an object | the fields of a form; a list: its JSON; a scalar: its text, encoded |
//!
//! `#` is encoded even where reserved characters are not, since it would end the query. So are `/` and `?` in a
//! path. Headers and cookies of style `cookie` are not encoded (3.1.2, 3.2), so what they cannot carry is a
//! fault: control characters, and white space at either end; in a cookie, `;`, and `=` in a name.

mod deep;
mod encoding;
mod tree;

use super::form;
use super::parameter::{Parameter, Place, Style};
use crate::json::Fault;
pub(super) use encoding::Encoding;
pub(super) use tree::{Member, Value};

/// The text of a value for the place of its parameter; `None` if nothing is sent. Several pairs of a query have
/// `&` between them, several cookies `; `.
pub(crate) fn write(parameter: &Parameter, json: &str) -> Result<Option<String>, Fault> {
    let value = Value::read(json).map_err(|fault| fault.within(parameter.name))?;
    let written = match parameter.place {
        Place::QueryString => whole_query(parameter, &value),
        _ => styled(parameter, parameter.name, &value, Encoding::of(parameter)),
    };
    written.map_err(|fault| fault.within(parameter.name))
}

/// The text of a value by a name, encoded in a certain way.
pub(super) fn styled(
    parameter: &Parameter,
    name: &str,
    value: &Value<'_>,
    encoding: Encoding,
) -> Result<Option<String>, Fault> {
    let mut writer = Writer { parameter, name, encoding, output: String::new(), is_first: true };
    if parameter.json {
        writer.single(&Text::Plain(&value.json()))?;
    } else {
        writer.value(value)?;
    }
    let Writer { encoding, output, is_first, .. } = writer;
    if is_first {
        return Ok(None);
    }
    encoding.check_ends(&output)?;
    Ok(Some(output))
}

/// The whole query.
fn whole_query(parameter: &Parameter, value: &Value<'_>) -> Result<Option<String>, Fault> {
    let encoding = Encoding::of(parameter);
    let text = match value {
        Value::Object(_, members) if !parameter.json => {
            return form::fields(parameter.fields, members, Encoding::of);
        }
        Value::Null if !parameter.json => return Ok(None),
        _ if parameter.json => value.json(),
        _ => value.text(),
    };
    let mut output = String::new();
    encoding.push(&mut output, &text)?;
    Ok(Some(output))
}

/// What becomes one text.
enum Text<'v> {
    /// A text, such as the name of a member.
    Plain(&'v str),
    /// A value.
    Of(&'v Value<'v>),
}

/// Writes a value by its style.
struct Writer<'p> {
    parameter: &'p Parameter,
    name: &'p str,
    encoding: Encoding,
    output: String,
    /// Whether nothing is written yet.
    is_first: bool,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value<'_>) -> Result<(), Fault> {
        let Parameter { style, explode, .. } = *self.parameter;
        match value {
            Value::Null | Value::Scalar(..) => self.single(&Text::Of(value)),
            _ if style == Style::DeepObject && self.is_named() => self.deep(value),
            Value::List(_, items) => {
                let items = items.iter().filter(|item| !item.is_null());
                if explode && self.is_named() {
                    return items.map(Text::Of).try_for_each(|item| self.single(&item));
                }
                self.joined(items.map(Text::Of))
            }
            Value::Object(_, members) => {
                let mut members = members.iter().filter(|(_, member)| !member.is_null());
                if explode {
                    return members.try_for_each(|(name, member)| self.pair(name, member));
                }
                self.joined(members.flat_map(|(name, value)| [Text::Plain(name), Text::Of(value)]))
            }
        }
    }

    /// Whether values have the name of the parameter.
    fn is_named(&self) -> bool {
        match self.parameter.place {
            Place::Path => self.parameter.style == Style::Matrix,
            Place::Header => false,
            Place::Query | Place::QueryString | Place::Cookie => true,
        }
    }

    /// One value, by the name of the parameter if there are names.
    fn single(&mut self, value: &Text<'_>) -> Result<(), Fault> {
        self.begin();
        if !self.is_named() {
            return self.text(value, self.parameter.inner);
        }
        let start = self.own_name()?;
        self.text(value, self.parameter.inner)?;
        self.end_of_pair(start);
        Ok(())
    }

    /// Several values, with the delimiter between them.
    fn joined<'v>(&mut self, items: impl Iterator<Item = Text<'v>>) -> Result<(), Fault> {
        let delimiter = match self.parameter {
            Parameter { style: Style::Label, place: Place::Path, explode: true, .. } => ".",
            Parameter { style, .. } => self.encoding.delimiter(*style),
        };
        let mut start = None;
        for item in items {
            if start.is_some() {
                self.output.push_str(delimiter);
            } else {
                self.begin();
                start = Some(if self.is_named() { self.own_name()? } else { usize::MAX });
            }
            self.text(&item, self.parameter.inner)?;
        }
        if let Some(start) = start {
            self.end_of_pair(start);
        }
        Ok(())
    }

    /// A member with its own name.
    fn pair(&mut self, name: &str, value: &Value<'_>) -> Result<(), Fault> {
        self.begin();
        self.encoding.push_name(&mut self.output, name)?;
        self.output.push('=');
        let start = self.output.len();
        self.text(&Text::Of(value), self.parameter.inner)?;
        self.end_of_pair(start);
        Ok(())
    }

    /// What is before a value that is not one of several in a delimited list.
    fn begin(&mut self) {
        let is_first = std::mem::replace(&mut self.is_first, false);
        let before = match (self.parameter.style, self.parameter.place) {
            (Style::Label, Place::Path) => ".",
            (Style::Matrix, Place::Path) => ";",
            _ if is_first => "",
            (_, Place::Query | Place::QueryString) => "&",
            (_, Place::Cookie) => "; ",
            (style, _) => self.encoding.delimiter(style),
        };
        self.output.push_str(before);
    }

    /// The name of the parameter. Returns where the value begins.
    fn own_name(&mut self) -> Result<usize, Fault> {
        self.encoding.push_name(&mut self.output, self.name)?;
        self.output.push('=');
        Ok(self.output.len())
    }

    /// Removes the sign before a value that begins at a place, if the value is empty and the name is enough.
    fn end_of_pair(&mut self, start: usize) {
        let is_name_enough = self.parameter.place == Place::Path || self.parameter.empty;
        if is_name_enough && self.output.len() == start {
            self.output.pop();
        }
    }

    /// A value as one text.
    fn text(&mut self, text: &Text<'_>, inner: &[Style]) -> Result<(), Fault> {
        let (items, style, inner) = match (text, inner.split_first()) {
            (Text::Of(Value::List(_, items)), Some((style, inner))) => (items, style, inner),
            (Text::Of(value), _) => return self.encoding.push(&mut self.output, &value.text()),
            (Text::Plain(text), _) => return self.encoding.push(&mut self.output, text),
        };
        let items = items.iter().filter(|item| !item.is_null());
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.output.push_str(self.encoding.delimiter(*style));
            }
            self.text(&Text::Of(item), inner)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
