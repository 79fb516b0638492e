//! Which characters a place of a request has as they are.

use crate::json::Fault;
use crate::openapi::parameter::{Parameter, Place, Style};
use crate::web::path::UNRESERVED;
use percent_encoding::{AsciiSet, utf8_percent_encode};

/// Reserved characters (RFC 3986, section 2.2) without a meaning of their own in a path, a query, a form or a
/// cookie are as they are.
const COMMON: &AsciiSet = &UNRESERVED
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'=');

/// In a path all but those that end a segment or the path, and brackets, which it cannot have.
const PATH: &AsciiSet = &COMMON.remove(b'&').remove(b'+').remove(b';').remove(b',');

/// In a query all but `#`, which ends it.
const QUERY: &AsciiSet = &PATH.remove(b'/').remove(b'?').remove(b'[').remove(b']');

/// In a form all but `&`, which ends a pair, `+`, which is a space, and `#`.
const FORM: &AsciiSet =
    &COMMON.remove(b';').remove(b',').remove(b'/').remove(b'?').remove(b'[').remove(b']');

/// In a cookie all but `;`, which ends it, `,`, which ends it for some services, and `#`.
const COOKIE: &AsciiSet =
    &COMMON.remove(b'&').remove(b'+').remove(b'/').remove(b'?').remove(b'[').remove(b']');

/// How characters are written.
#[derive(Clone, Copy)]
pub(crate) enum Encoding {
    /// Percent-encoded, but for the unreserved characters.
    Strict,
    /// Percent-encoded, but for more characters and what is percent-encoded already.
    Reserved(&'static AsciiSet),
    /// As they are, in a header.
    Header,
    /// As they are, in a cookie.
    Cookie,
}

impl Encoding {
    /// The encoding of a parameter.
    pub(crate) fn of(parameter: &Parameter) -> Self {
        match (parameter.place, parameter.style, parameter.reserved) {
            (Place::Header, ..) => Self::Header,
            (Place::Cookie, Style::Cookie, _) => Self::Cookie,
            (_, _, false) => Self::Strict,
            (Place::Path, ..) => Self::Reserved(PATH),
            (Place::Cookie, ..) => Self::Reserved(COOKIE),
            (Place::Query | Place::QueryString, ..) => Self::Reserved(QUERY),
        }
    }

    /// The encoding of a field of a form in a body.
    pub(crate) fn of_field(field: &Parameter) -> Self {
        if field.reserved { Self::Reserved(FORM) } else { Self::Strict }
    }

    /// Appends a text.
    pub(crate) fn push(self, output: &mut String, text: &str) -> Result<(), Fault> {
        match self {
            Self::Strict => output.extend(utf8_percent_encode(text, UNRESERVED)),
            Self::Reserved(set) => push_reserved(output, text, set),
            Self::Header => {
                if text.contains(|c: char| c.is_ascii_control() && c != '\t') {
                    return Err(Fault::new("a header cannot have control characters"));
                }
                output.push_str(text);
            }
            Self::Cookie => {
                if text.contains(|c: char| c.is_ascii_control() || c == ';') {
                    return Err(Fault::new("a cookie cannot have `;` or control characters"));
                }
                output.push_str(text);
            }
        }
        Ok(())
    }

    /// Appends a name. It is encoded even where reserved characters are not, since `=` and `&` end it.
    pub(crate) fn push_name(self, output: &mut String, name: &str) -> Result<(), Fault> {
        match self {
            Self::Strict | Self::Reserved(_) => Self::Strict.push(output, name),
            Self::Cookie if name.contains('=') => {
                Err(Fault::new("the name of a cookie cannot have `=`"))
            }
            Self::Cookie | Self::Header => self.push(output, name),
        }
    }

    /// What is between the items of a list.
    pub(crate) fn delimiter(self, style: Style) -> &'static str {
        let is_encoded = matches!(self, Self::Strict | Self::Reserved(_));
        match style {
            Style::SpaceDelimited => {
                if is_encoded {
                    "%20"
                } else {
                    " "
                }
            }
            Style::PipeDelimited => {
                if is_encoded {
                    "%7C"
                } else {
                    "|"
                }
            }
            Style::TabDelimited => {
                if is_encoded {
                    "%09"
                } else {
                    "\t"
                }
            }
            _ => ",",
        }
    }

    /// Refuses white space that would be lost.
    pub(crate) fn check_ends(self, text: &str) -> Result<(), Fault> {
        let is_blank = |c| matches!(c, ' ' | '\t');
        match self {
            Self::Header | Self::Cookie if text.trim_matches(is_blank) != text => {
                Err(Fault::new("white space at either end of a header or a cookie is lost"))
            }
            _ => Ok(()),
        }
    }
}

/// Appends a text with certain characters, and what is percent-encoded, as they are.
fn push_reserved(output: &mut String, text: &str, set: &'static AsciiSet) {
    for (index, part) in text.split('%').enumerate() {
        if index > 0 {
            let digits = part.as_bytes().get(..2);
            let is_code = digits.is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
            output.push_str(if is_code { "%" } else { "%25" });
        }
        output.extend(utf8_percent_encode(part, set));
    }
}
