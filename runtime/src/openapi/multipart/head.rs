//! What is before the content of a part: the boundary and headers.

use super::{GivenHeader, Part};
use crate::json::Fault;
use crate::openapi::style;
use http::header::{self, HeaderName, HeaderValue};

/// The head of a part, as far as it is written.
pub(super) struct Head(String);

impl Head {
    pub(super) fn new(boundary: &str) -> Self {
        Self(format!("--{boundary}\r\n"))
    }

    /// `Content-Disposition`. Names are written as browsers write them (RFC 7578, and the standard of HTML).
    pub(super) fn disposition(&mut self, kind: &str, name: Option<&str>, file_name: Option<&str>) {
        self.0.push_str("Content-Disposition: ");
        self.0.push_str(kind);
        for (parameter, value) in [("name", name), ("filename", file_name)] {
            if let Some(value) = value {
                self.0.extend(["; ", parameter, "=\""]);
                push_quoted(&mut self.0, value);
                self.0.push('"');
            }
        }
        self.0.push_str("\r\n");
    }

    /// A header of the caller, or of the document.
    pub(super) fn own(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        const WRITTEN: [HeaderName; 2] = [header::CONTENT_DISPOSITION, header::CONTENT_TYPE];
        match HeaderName::from_bytes(name.as_bytes()) {
            Ok(known) if WRITTEN.contains(&known) => Err(Fault::new(format_args!(
                "the header `{known}` of a part is made of its names and its media type"
            ))),
            Ok(_) => self.header(name, value),
            Err(_) => {
                Err(Fault::new(format_args!("`{}` is not a header name", name.escape_debug())))
            }
        }
    }

    /// A header whose name is known to be one.
    pub(super) fn header(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        if HeaderValue::from_str(value).is_err() {
            return Err(Fault::new(format_args!(
                "the value of the header `{name}` of a part has a character that no header can carry"
            )));
        }
        self.0.extend([name, ": ", value, "\r\n"]);
        Ok(())
    }

    /// All lines, without the empty one that ends the head.
    pub(super) fn lines(self) -> String {
        self.0
    }
}

/// The lines of the headers of a part that a caller has set.
pub(super) fn given(part: &Part, given: &[GivenHeader]) -> Result<String, Fault> {
    let mut head = Head(String::new());
    for declared in part.given {
        let is_it = |(of, name, _): &&GivenHeader| *of == part.name && *name == declared.name;
        // The last one counts, as for other values.
        let Some((_, name, json)) = given.iter().rfind(is_it) else { continue };
        if let Some(value) = style::write(declared, json)? {
            head.own(name, &value).map_err(|fault| fault.within(part.name))?;
        }
    }
    Ok(head.lines())
}

/// Appends a name without what would end it, or what many parsers refuse in a header.
fn push_quoted(text: &mut String, name: &str) {
    for character in name.chars() {
        match character {
            // Some parsers take a backslash for an escape, and others do not.
            other if matches!(other, '"' | '\\') || other.is_ascii_control() => {
                text.push_str(&format!("%{:02X}", u32::from(other)));
            }
            other => text.push(other),
        }
    }
}
