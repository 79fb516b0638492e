//! Media types: those that are none, and encodings of members that are not there.

use super::Rules;
use crate::input::diagnostic::Diagnostic;
use crate::openapi::model::{Id, MediaType, ValueForm, Words};
use crate::openapi::schema::{Form, ShapeId};
use rustc_hash::{FxHashMap, FxHashSet};

impl<'m> Rules<'m, '_> {
    pub(super) fn media_types(&mut self) {
        let model = self.model;
        let bodies = model.bodies.iter().flat_map(|(_, one)| &one.content);
        let responses = model.responses.iter().flat_map(|(_, one)| &one.content);
        let forms = model.parameters.iter().map(|(_, one)| &one.form);
        let forms = forms.chain(model.headers.iter().map(|(_, one)| &one.form));
        let others = forms.flat_map(|form| match form {
            ValueForm::Content(content) => &content[..],
            ValueForm::Styled(_) => &[],
        });
        let mut members = FxHashMap::default();
        for (range, id) in bodies.chain(responses).chain(others) {
            self.range(range);
            self.encodings(range, *id, &mut members);
        }
    }

    fn range(&mut self, range: &Words) {
        if is_range(&range.text) {
            return;
        }
        let message = format!("{:?} is not a media type", range.shown());
        let help = "write a type, `/` and a subtype, such as `application/json`";
        self.report(
            Diagnostic::violation("media-type", message).at(range.span, "kept as it is").help(help),
        );
    }

    /// An encoding is that of a member of the schema.
    fn encodings(
        &mut self,
        range: &Words,
        id: Id<MediaType>,
        members: &mut FxHashMap<ShapeId, Option<FxHashSet<&'m str>>>,
    ) {
        let media_type = &self.model.media_types[id];
        let schema = media_type.schema.filter(|_| !media_type.encoding.is_empty());
        let Some(used) = schema.and_then(|schema| self.shapes.of(schema)) else { return };
        let shapes = self.shapes;
        let names =
            members.entry(used.shape).or_insert_with(|| match &shapes.shape(used.shape).form {
                // Other objects may have members of other names.
                Form::Object(object)
                    if object.rest.patterns.is_empty() && !object.rest.open_kind =>
                {
                    Some(object.members.iter().map(|one| one.name.as_str()).collect())
                }
                _ => None,
            });
        let Some(names) = names else { return };
        for (name, _) in
            media_type.encoding.iter().filter(|(name, _)| !names.contains(name.text.as_str()))
        {
            let message = format!("the schema has no property `{}` to be encoded", name.shown());
            let finding = Diagnostic::violation("encoding-name", message)
                .at(name.span, "it has no effect, unless such a member is added")
                .related(range.span, "the media type")
                .help("write the name of a property");
            self.report(finding);
        }
    }
}

/// Whether a text is a media type, with parameters or without, or a range of them (RFC 9110, section 12.5.1).
fn is_range(text: &str) -> bool {
    let is_token = |text: &str| {
        let is_usual =
            |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        !text.is_empty() && text.bytes().all(is_usual)
    };
    let kind = text.split(';').next().unwrap_or_default().trim_matches([' ', '\t']);
    kind.split_once('/').is_some_and(|(one, other)| is_token(one) && is_token(other))
}

#[cfg(test)]
mod tests {
    use super::is_range;

    #[test]
    fn media_types_have_two_parts() {
        for text in [
            "application/json",
            "application/json; charset=utf-8",
            "application/vnd.a+json;v=\"1\"",
            "*/*",
            "image/*",
        ] {
            assert!(is_range(text), "{text}");
        }
        for text in ["", "json", "*", "not a media type", "application/", "/json", "a/b/c", "a/b c"]
        {
            assert!(!is_range(text), "{text}");
        }
    }
}
