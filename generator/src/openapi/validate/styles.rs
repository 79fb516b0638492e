//! Styles: those that no value at a place, or of a type, has.

use super::Rules;
use crate::input::diagnostic::Diagnostic;
use crate::openapi::model::{Place, SchemaId, Style, Styled};
use crate::openapi::schema::Form;

impl Rules<'_, '_> {
    pub(super) fn styles(&mut self) {
        let model = self.model;
        for (_, parameter) in model.parameters.iter() {
            if let Some(styled) = parameter.form.styled() {
                self.style(styled, parameter.place, &parameter.name.shown());
            }
        }
        let responses = model.responses.iter().flat_map(|(_, one)| &one.headers);
        let parts = model.encodings.iter().flat_map(|(_, one)| &one.headers);
        for (name, id) in responses.chain(parts) {
            if let Some(styled) = model.headers[*id].form.styled() {
                self.style(styled, Place::Header, &name.shown());
            }
        }
    }

    fn style(&mut self, styled: &Styled, place: Place, name: &str) {
        let Some(words) = &styled.style_words else { return };
        let Some(style) = Style::of_word(&words.text) else { return };
        if !style.fits(place) {
            let message = format!("a value in `{}` has no style `{}`", place.name(), words.shown());
            self.report(
                Diagnostic::violation("style-of-place", message)
                    .at(words.span, format!("read as `{}`", styled.style.name()))
                    .help("choose a style of the place"),
            );
            return;
        }
        let Some(kind) = styled.schema.and_then(|schema| self.kind(schema)) else { return };
        let is_wrong = match style {
            Style::DeepObject => kind != "an object",
            Style::SpaceDelimited | Style::PipeDelimited => kind == "a single value",
            _ => false,
        };
        if is_wrong {
            let message = format!("the style `{}` is not one of {kind}", words.shown());
            let label = match (style, kind) {
                (Style::DeepObject, "an array") => format!("each item is sent as `{name}[]`"),
                _ => "sent as with the style `form`".to_owned(),
            };
            self.report(
                Diagnostic::violation("style-of-type", message)
                    .at(words.span, label)
                    .help("choose a style that the type has, or correct the type"),
            );
        }
    }

    /// What all values of a schema are, if they are all alike.
    fn kind(&self, schema: SchemaId) -> Option<&'static str> {
        let used = self.shapes.of(schema)?;
        Some(match &self.shapes.shape(used.shape).form {
            Form::Boolean
            | Form::Integer(_)
            | Form::Number(_)
            | Form::Text(_)
            | Form::Constant(_)
            | Form::Enumeration(_) => "a single value",
            Form::List(_) | Form::Tuple(_) => "an array",
            Form::Map(_) | Form::Object(_) => "an object",
            Form::Any | Form::Never | Form::Null | Form::Union(_) => return None,
        })
    }
}
