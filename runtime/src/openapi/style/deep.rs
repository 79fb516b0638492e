//! `deepObject`: members of members, with the names on the way to them.

use super::Writer;
use super::tree::Value;
use crate::json::Fault;

/// Encoded brackets: `[` and `]` are not allowed in a query as they are.
const OPEN: &str = "%5B";
const CLOSE: &str = "%5D";

impl Writer<'_> {
    /// An object, or a list, by its name.
    pub(super) fn deep(&mut self, value: &Value<'_>) -> Result<(), Fault> {
        let mut name = String::new();
        self.encoding.push_name(&mut name, self.name)?;
        self.below(&mut name, value)
    }

    /// A value whose encoded name is known. The name is the same afterwards.
    fn below(&mut self, name: &mut String, value: &Value<'_>) -> Result<(), Fault> {
        let length = name.len();
        match value {
            Value::Null => Ok(()),
            Value::Scalar(_, text) => {
                self.begin();
                self.output.push_str(name);
                self.output.push('=');
                let start = self.output.len();
                self.encoding.push(&mut self.output, text)?;
                self.end_of_pair(start);
                Ok(())
            }
            Value::Object(_, members) => members.iter().try_for_each(|(member, value)| {
                name.push_str(OPEN);
                self.encoding.push_name(name, member)?;
                name.push_str(CLOSE);
                self.below(name, value)?;
                name.truncate(length);
                Ok(())
            }),
            Value::List(_, items) => {
                let is_flat =
                    items.iter().all(|item| matches!(item, Value::Null | Value::Scalar(..)));
                let items = items.iter().filter(|item| !item.is_null());
                items.enumerate().try_for_each(|(index, item)| {
                    name.push_str(OPEN);
                    if !is_flat {
                        name.push_str(&index.to_string());
                    }
                    name.push_str(CLOSE);
                    self.below(name, item)?;
                    name.truncate(length);
                    Ok(())
                })
            }
        }
    }
}
