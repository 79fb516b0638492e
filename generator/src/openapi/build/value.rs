//! How the value of a parameter or a header is written.

use super::Builder;
use super::fields::Fields;
use crate::node::Node;
use crate::openapi::description::{Location, Version};
use crate::openapi::lenient;
use crate::openapi::model::{Example, Id, MediaType, Place, Style, Styled, ValueForm, Words};

impl<'d> Builder<'d> {
    pub(super) fn value_form(&mut self, of: Fields<'d>, place: Place) -> ValueForm {
        let has_schema = of.node.get("schema").is_some_and(|one| !one.is_null());
        if !has_schema && of.version != Version::V20 && of.object("content").is_some() {
            return ValueForm::Content(self.content(of));
        }
        let schema = match has_schema && of.version != Version::V20 {
            true => self.schema(of, "schema"),
            // In 2.0 the object describes the value itself, as some documents of 3.x do.
            false => of.node.get("type").is_some().then(|| self.value_schema(of)),
        };
        let written = of.words("style").filter(|_| of.version != Version::V20);
        let known = written.as_ref().and_then(|words| Style::of_word(&words.text));
        let style = known.filter(|style| style.fits(place));
        let old = of.node.get("collectionFormat").and_then(Node::text);
        let (style, explode) = match (style, of.version, old) {
            (None, Version::V20, _) | (None, _, Some(_)) => of_collection(old, place),
            (style, ..) => {
                let style = style.unwrap_or_else(|| place.style());
                let is_form = matches!(style, Style::Form | Style::Cookie);
                (style, of.bool("explode").unwrap_or(is_form))
            }
        };
        ValueForm::Styled(Styled {
            schema,
            style,
            style_words: written,
            explode,
            allow_reserved: of.is_true("allowReserved"),
            inner: inner(of, place),
        })
    }

    /// The schema that an object of 2.0 is, which has other fields as well.
    pub(super) fn value_schema(&mut self, of: Fields<'d>) -> crate::openapi::model::SchemaId {
        let id = self.schemas.value(of.at);
        self.types.push(id);
        id
    }

    /// What is in `content`.
    pub(super) fn content(&mut self, of: Fields<'d>) -> Vec<(Words, Id<MediaType>)> {
        let all = self.all_asked(of, "content").into_iter();
        all.map(|(name, asked)| (name, self.media_types.ask(asked))).collect()
    }

    /// `example`, then `examples`.
    pub(super) fn examples(&mut self, of: Fields<'d>) -> Vec<(Option<Words>, Id<Example>)> {
        let mut found = Vec::new();
        // Some documents of 2.0 have an extension for what 3.0 has a field for.
        let single = of.location("example").or_else(|| of.location("x-example"));
        if let Some(value) = single {
            found.push((None, self.example_value(value)));
        }
        let Some(map) = of.object("examples") else { return found };
        for (name, inner) in map.own_members() {
            if let Some(asked) = self.asked(inner.at) {
                found.push((Some(name), self.examples.ask(asked)));
            }
        }
        found
    }

    /// An example that is only a value.
    pub(super) fn example_value(&mut self, value: Location) -> Id<Example> {
        self.examples.add(Example {
            location: value,
            component: None,
            summary: None,
            description: None,
            value: Some(value),
            serialized: None,
            external: None,
            extensions: Vec::new(),
        })
    }
}

/// The style that `collectionFormat` means, and whether it is exploded.
pub(super) fn of_collection(format: Option<&str>, place: Place) -> (Style, bool) {
    match format {
        Some("ssv") => (Style::SpaceDelimited, false),
        Some("tsv") => (Style::TabDelimited, false),
        Some("pipes") => (Style::PipeDelimited, false),
        // Only a query can have a name several times.
        Some("multi") if place == Place::Query => (Style::Form, true),
        _ => (place.style(), false),
    }
}

/// The styles of arrays in the array.
fn inner(of: Fields<'_>, place: Place) -> Vec<Style> {
    let is_array = |of: &Fields<'_>| of.node.get("type").and_then(lenient::text) == Some("array");
    let mut found = Vec::new();
    let mut at = of.object("items").filter(|_| is_array(&of));
    while let Some(items) = at.filter(is_array) {
        let format = items.node.get("collectionFormat").and_then(Node::text);
        let (style, _) = of_collection(format, place);
        found.push(if style == Style::Form { Style::Simple } else { style });
        at = items.object("items");
        // References can go in a circle.
        if found.len() > 100 {
            break;
        }
    }
    found
}
