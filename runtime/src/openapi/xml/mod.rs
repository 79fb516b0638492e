//! Values in XML.
//!
//! Enters: JSON and how its parts are written in XML, as a constant of generated code; or a document of XML. Leaves:
//! the document, or the JSON. Values themselves are read from JSON and written as it, so a type has no code for
//! XML. Must not know: requests, answers, types of values.

// Without the feature there are descriptions, which nothing reads.
#[cfg_attr(not(feature = "xml"), allow(dead_code))]
pub(crate) mod description;

#[cfg(feature = "xml")]
mod from_json;
#[cfg(feature = "xml")]
mod lists;
#[cfg(feature = "xml")]
mod parse;
#[cfg(feature = "xml")]
mod print;
#[cfg(all(test, feature = "xml"))]
mod tests;
#[cfg(feature = "xml")]
mod text;
#[cfg(feature = "xml")]
mod to_json;
#[cfg(feature = "xml")]
mod tree;
#[cfg(feature = "xml")]
mod unions;

#[cfg(feature = "xml")]
pub(super) use conversions::{read, undescribed, write};

#[cfg(feature = "xml")]
mod conversions {
    use super::description::XmlNode;
    use super::{from_json, parse, print, text, to_json};
    use crate::json::Fault;
    use crate::openapi::style::Value;
    use crate::web::error::BoxError;

    /// A document as the JSON of the value that it describes. The character set is the one of its media type.
    ///
    /// # Errors
    ///
    /// It is not XML, or is in an encoding that is not read.
    pub(in crate::openapi) fn read(
        node: &XmlNode,
        charset: Option<&str>,
        body: &[u8],
    ) -> Result<String, BoxError> {
        let text = text::of(charset, body)?;
        Ok(to_json::document(node, &parse::document(&text)?))
    }

    /// A document of which nothing is known as JSON.
    ///
    /// # Errors
    ///
    /// As those of [`read`].
    pub(in crate::openapi) fn undescribed(text: &str) -> Result<String, BoxError> {
        Ok(to_json::anything(&parse::document(text)?))
    }

    /// JSON as a document.
    ///
    /// # Errors
    ///
    /// A name or a character that XML does not have.
    pub(in crate::openapi) fn write(node: &XmlNode, json: &str) -> Result<String, Fault> {
        let root = from_json::document(node, &Value::read(json)?)?;
        print::document(&root)
    }
}
