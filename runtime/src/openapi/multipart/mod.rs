//! Bodies of several parts: `multipart/form-data`, `multipart/mixed`, `multipart/related` and their like.
//!
//! Enters: the media type, what a document declares of the parts, and a value. Leaves: the media type with its
//! boundary, and the content, which is in memory only as far as the value is. Must not know: requests.
//!
//! A member is a part by its name, a list a part for each item, a scalar its text, and an object its JSON. A file
//! is its content, with its name and its media type; one without a name has that of the member, because services
//! distinguish files from fields by the presence of a file name. A null is left out. The content type of a part is the
//! declared one, if that is one type; of several, or of a range, it is that of the file, or the first. Where it is
//! JSON, a scalar is written as JSON as well, and a list is one part with its JSON: OpenAPI 3.2 would have one for
//! each item, but those who declare JSON for a list (TypeSpec does for `HttpPart<T[]>`) mean the list.
//!
//! Only `multipart/form-data` has names. The parts of others are in the order of the members or the items, and the
//! declared parts of a list are `[0]`, `[1]`…, and `[]` for all further ones.
//!
//! The writer is the project's own: that of reqwest is tied to its client and cannot be sent twice, and `multer`,
//! `mime_multipart` and their like are parsers.

mod head;

use crate::json::parts::{self, Part as Json};
use crate::json::{Fault, View, text};
use crate::openapi::file::File;
use crate::openapi::parameter::Parameter;
use crate::openapi::reading;
use crate::openapi::style::{Encoding, Value, styled};
use crate::web::content::Content;
use bytes::Bytes;
use head::Head;
use std::any::Any;

/// What a document declares of a part.
///
/// ```
/// use schemacrate_runtime::codegen::Part;
///
/// const IMAGE: Part = Part::new("image").with_content_type("image/png, image/jpeg");
/// assert_eq!(IMAGE.content_type, "image/png, image/jpeg");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The name.
    pub name: &'static str,
    /// The media types that are declared; empty if there are none.
    pub content_type: &'static str,
    /// Headers whose values are declared.
    pub headers: &'static [(&'static str, &'static str)],
    /// Headers whose values a caller can set.
    pub given: &'static [Parameter],
    /// How the value is written, if it has a style.
    pub style: Option<&'static Parameter>,
}

impl Part {
    /// One of which nothing else is declared.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, content_type: "", headers: &[], given: &[], style: None }
    }

    /// The same with a media type, or several with commas between them.
    #[must_use]
    pub const fn with_content_type(self, content_type: &'static str) -> Self {
        Self { content_type, ..self }
    }

    /// The same with headers.
    #[must_use]
    pub const fn with_headers(self, headers: &'static [(&'static str, &'static str)]) -> Self {
        Self { headers, ..self }
    }

    /// The same with headers whose values a caller can set.
    #[must_use]
    pub const fn with_given_headers(self, given: &'static [Parameter]) -> Self {
        Self { given, ..self }
    }

    /// The same, written by the style of a field of a form.
    #[must_use]
    pub const fn with_style(self, style: &'static Parameter) -> Self {
        Self { style: Some(style), ..self }
    }
}

/// A body, in which the headers that a caller sets are still to be written.
#[derive(Clone)]
pub(crate) struct Parts<'d> {
    declared: &'d [Part],
    /// The media type, with the boundary.
    pub(crate) media_type: String,
    contents: Vec<Content>,
    /// Where the heads of parts may have such headers: before which content, and of which part.
    heads: Vec<(usize, &'d Part)>,
}

/// A header of a part that a caller has set: the part, the header, and the value as JSON.
pub(crate) type GivenHeader = (&'static str, &'static str, String);

impl Parts<'_> {
    /// The content, with the headers that a caller has set.
    pub(crate) fn content(self, given: &[GivenHeader]) -> Result<Content, Fault> {
        if let Some((part, name, _)) =
            given.iter().find(|(part, name, _)| self.declared_header(part, name).is_none())
        {
            let fault = format_args!("the part `{part}` has no header `{name}` that can be set");
            return Err(Fault::new(fault));
        }
        let mut contents = Vec::with_capacity(self.contents.len() + self.heads.len());
        let mut heads = self.heads.iter().peekable();
        for (at, content) in self.contents.into_iter().enumerate() {
            while let Some((_, part)) = heads.next_if(|(before, _)| *before == at) {
                contents.push(Bytes::from(head::given(part, given)?).into());
            }
            contents.push(content);
        }
        Ok(Content::joined(contents))
    }

    fn declared_header(&self, part: &str, name: &str) -> Option<&'static Parameter> {
        let part = self.declared.iter().find(|one| one.name == part)?;
        part.given.iter().find(|one| one.name == name)
    }
}

/// A body of several parts.
pub(crate) fn write<'d>(
    media_type: &str,
    boundary: &str,
    declared: &'d [Part],
    value: &View<'_>,
) -> Result<Parts<'d>, Fault> {
    let is_form = media_type.trim().eq_ignore_ascii_case("multipart/form-data");
    let mut writer = Writer {
        boundary,
        is_form,
        declared,
        text: String::new(),
        contents: Vec::new(),
        heads: Vec::new(),
        first: None,
    };
    writer.body(value)?;
    let Writer { mut text, mut contents, heads, first, .. } = writer;
    text.push_str(&format!("--{boundary}--\r\n"));
    contents.push(Bytes::from(text).into());
    let mut content_type = format!("{media_type}; boundary={boundary}");
    if media_type.trim().eq_ignore_ascii_case("multipart/related") {
        // RFC 2387 requires the type of the first part.
        let first = first.as_deref().and_then(|first| first.split(';').next());
        content_type.push_str(&format!("; type=\"{}\"", first.unwrap_or("text/plain").trim()));
    }
    Ok(Parts { declared, media_type: content_type, contents, heads })
}

struct Writer<'w, 'd> {
    boundary: &'w str,
    /// Whether parts have names.
    is_form: bool,
    declared: &'d [Part],
    /// What is written after the last content that is not copied.
    text: String,
    contents: Vec<Content>,
    heads: Vec<(usize, &'d Part)>,
    /// The media type of the first part.
    first: Option<String>,
}

impl<'d> Writer<'_, 'd> {
    fn body(&mut self, value: &View<'_>) -> Result<(), Fault> {
        match value {
            View::Union(one) => self.body(&one.view()),
            View::Object(object, _) => {
                if let Some(json) = parts::whole(*object) {
                    return self.body(&View::Untyped(json));
                }
                let is_tuple = object.shape().strict.is_some_and(|strict| strict.is_tuple);
                if is_tuple {
                    let mut index = 0;
                    return parts::items(*object, &mut |item| {
                        index += 1;
                        self.item(index - 1, &view(&item))
                    });
                }
                parts::members(*object, &mut |name, member| self.member(name, &view(&member)))
            }
            View::Map(map) => map.entries().try_for_each(|(name, value)| self.member(name, &value)),
            View::List(items) => {
                (0..items.len()).try_for_each(|index| self.item(index, &items.get(index)))
            }
            View::Text(_) => self.item(0, value),
            _ => match Value::read(&text(value))? {
                Value::Null => Ok(()),
                Value::Object(_, members) => {
                    members.iter().try_for_each(|(name, value)| self.json(name, value))
                }
                Value::List(_, items) => items
                    .iter()
                    .enumerate()
                    .try_for_each(|(index, item)| self.json_part(&self.name_of(index), item)),
                scalar @ Value::Scalar(..) => self.json_part(&self.name_of(0), &scalar),
            },
        }
    }

    /// The name under which an item of a list may be declared.
    fn name_of(&self, index: usize) -> String {
        let name = format!("[{index}]");
        if self.declared(&name).is_some() { name } else { "[]".to_owned() }
    }

    fn item(&mut self, index: usize, value: &View<'_>) -> Result<(), Fault> {
        self.part(&self.name_of(index), value)
    }

    /// A member, which may be several parts.
    fn member(&mut self, name: &str, value: &View<'_>) -> Result<(), Fault> {
        match value {
            View::Union(one) => self.member(name, &one.view()),
            View::List(items) if self.style(name).is_none() && !self.is_json(name) => {
                (0..items.len()).try_for_each(|index| self.part(name, &items.get(index)))
            }
            _ => self.part(name, value),
        }
    }

    /// One part; none for null.
    fn part(&mut self, name: &str, value: &View<'_>) -> Result<(), Fault> {
        match value {
            View::Absent | View::Null => Ok(()),
            View::Union(one) => self.part(name, &one.view()),
            View::Text(value) => match (*value as &dyn Any).downcast_ref::<File>() {
                Some(file) => self.file(name, file),
                None => self.plain(name, &value.to_string(), None),
            },
            View::List(_) | View::Object(..) if self.style(name).is_none() => {
                self.plain(name, &text(value), Some(JSON))
            }
            _ => self.json(name, &Value::read(&text(value))?),
        }
    }

    /// A member as JSON has it, which may be several parts.
    fn json(&mut self, name: &str, value: &Value<'_>) -> Result<(), Fault> {
        match (value, self.style(name)) {
            (_, Some(style)) => self.styled(name, style, value),
            (Value::List(_, items), None) if !self.is_json(name) => {
                items.iter().try_for_each(|item| self.json_part(name, item))
            }
            _ => self.json_part(name, value),
        }
    }

    fn json_part(&mut self, name: &str, value: &Value<'_>) -> Result<(), Fault> {
        match value {
            Value::Null => Ok(()),
            Value::Scalar(json, _) if self.is_json(name) => self.plain(name, json, None),
            Value::Scalar(_, text) => self.plain(name, text, None),
            Value::List(..) | Value::Object(..) => self.plain(name, &value.json(), Some(JSON)),
        }
    }

    /// The parts of a value by its style: one for each pair that a form would have.
    fn styled(&mut self, name: &str, style: &Parameter, value: &Value<'_>) -> Result<(), Fault> {
        let pairs = styled(style, name, value, Encoding::Strict);
        let pairs = pairs.map_err(|fault| fault.within(name))?.unwrap_or_default();
        url::form_urlencoded::parse(pairs.as_bytes())
            .try_for_each(|(name, text)| self.plain(&name, &text, None))
    }

    /// A part whose content is a text. It has the media type that is declared, or the one of its kind.
    fn plain(&mut self, name: &str, text: &str, of_kind: Option<&str>) -> Result<(), Fault> {
        let declared = self.declared(name).map(|part| part.content_type);
        let content_type = declared.filter(|types| is_one(types)).or(of_kind);
        self.begin(name, None, content_type, std::iter::empty())?;
        self.text.push_str(text);
        self.text.push_str("\r\n");
        Ok(())
    }

    fn file(&mut self, name: &str, file: &File) -> Result<(), Fault> {
        let declared = self.declared(name).map_or("", |part| part.content_type);
        let first = || declared.split(',').map(str::trim).find(|one| is_one(one));
        let content_type = match is_one(declared) {
            true => declared,
            false => file.media_type().or_else(first).unwrap_or("application/octet-stream"),
        };
        let file_name = file.name().or_else(|| self.is_form.then_some(name));
        self.begin(name, file_name, Some(content_type), file.headers())?;
        let before = std::mem::take(&mut self.text);
        self.contents.extend([Bytes::from(before).into(), file.content().clone()]);
        self.text.push_str("\r\n");
        Ok(())
    }

    /// Everything of a part that is before its content.
    fn begin<'h>(
        &mut self,
        name: &str,
        file_name: Option<&str>,
        content_type: Option<&str>,
        headers: impl Iterator<Item = (&'h str, &'h str)>,
    ) -> Result<(), Fault> {
        let declared = self.declared(name).map_or(&[][..], |part| part.headers);
        let mut head = Head::new(self.boundary);
        match self.is_form {
            true => head.disposition("form-data", Some(name), file_name),
            false if file_name.is_some() => head.disposition("attachment", None, file_name),
            false => {}
        }
        let written = content_type.map_or(Ok(()), |value| head.header("Content-Type", value));
        let mut headers = declared.iter().copied().chain(headers);
        let written =
            written.and_then(|()| headers.try_for_each(|(name, value)| head.own(name, value)));
        written.map_err(|fault| fault.within(name))?;
        self.text.push_str(&head.lines());
        if let Some(part) = self.declared(name).filter(|part| !part.given.is_empty()) {
            let before = std::mem::take(&mut self.text);
            self.contents.push(Bytes::from(before).into());
            self.heads.push((self.contents.len(), part));
        }
        self.text.push_str("\r\n");
        self.first.get_or_insert_with(|| content_type.unwrap_or("text/plain").to_owned());
        Ok(())
    }

    fn declared(&self, name: &str) -> Option<&'d Part> {
        self.declared.iter().find(|part| part.name == name)
    }

    fn style(&self, name: &str) -> Option<&'static Parameter> {
        self.declared(name)?.style
    }

    /// Whether the content of a part is declared to be JSON.
    fn is_json(&self, name: &str) -> bool {
        let declared = self.declared(name).map_or("", |part| part.content_type);
        is_one(declared) && reading::kind(&reading::essence_of(declared)) == reading::Kind::Json
    }
}

const JSON: &str = "application/json";

/// Whether it is one media type, and not several or a range.
fn is_one(media_types: &str) -> bool {
    !media_types.is_empty() && !media_types.contains([',', '*'])
}

/// A member as a view.
fn view<'a>(part: &Json<'a>) -> View<'a> {
    match part {
        Json::View(view) => *view,
        Json::Json(json) => View::Untyped(json),
    }
}

#[cfg(test)]
mod tests;
