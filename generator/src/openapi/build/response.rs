//! Responses.

use super::Builder;
use super::fields::Fields;
use super::parts::Asked;
use crate::openapi::description::{Location, Version};
use crate::openapi::model::{Id, Link, MediaType, Response, SchemaId, Words};

impl<'d> Builder<'d> {
    /// Asks for a response; for 2.0 with the list of the media types that are produced.
    pub(super) fn ask_response(
        &mut self,
        asked: Asked,
        produces: Option<Location>,
    ) -> Id<Response> {
        let is_old = self.description.document(asked.at.document).version == Version::V20;
        self.responses.ask(asked.with(produces.filter(|_| is_old)))
    }

    pub(super) fn response(&mut self, asked: Asked<Option<Location>>) -> Response {
        let of = self.fields(asked.at);
        let content = match of.version {
            Version::V20 => self.produced(of, asked.context),
            _ => self.content(of),
        };
        Response {
            location: asked.at,
            component: self.component(asked.at),
            summary: self.annotation(asked, "summary"),
            description: self.description_of(asked),
            headers: self.headers_of(of),
            content,
            links: self.links_of(of),
            extensions: of.extensions(),
        }
    }

    fn links_of(&mut self, of: Fields<'d>) -> Vec<(Words, Id<Link>)> {
        if of.version == Version::V20 {
            return Vec::new();
        }
        let all = self.all_asked(of, "links").into_iter();
        all.map(|(name, asked)| (name, self.links.ask(asked))).collect()
    }

    /// The content of a response of 2.0, which has one schema for all media types.
    fn produced(
        &mut self,
        of: Fields<'d>,
        produces: Option<Location>,
    ) -> Vec<(Words, Id<MediaType>)> {
        let Some(schema) = self.schema(of, "schema") else { return Vec::new() };
        let at = of.location("schema").unwrap_or(of.at);
        let examples = of.object("examples");
        let content = self.ranges(produces, of).into_iter().map(|range| {
            let value = examples.and_then(|all| all.location(&range.text));
            let id = self.of_schema(at, schema, value);
            (range, id)
        });
        content.collect()
    }

    /// The media types of a list, or `application/json`.
    pub(super) fn ranges(&self, list: Option<Location>, of: Fields<'d>) -> Vec<Words> {
        let items = list.map(|at| self.fields(at)).into_iter().flat_map(Fields::own_items);
        let found: Vec<Words> = items.filter_map(Fields::own_words).collect();
        match found.is_empty() {
            true => vec![Words { text: "application/json".to_owned(), span: of.span() }],
            false => found,
        }
    }

    /// A body that has a schema, and perhaps an example.
    pub(super) fn of_schema(
        &mut self,
        location: Location,
        schema: SchemaId,
        example: Option<Location>,
    ) -> Id<MediaType> {
        let examples = example.map(|value| (None, self.example_value(value)));
        let examples = examples.into_iter().collect();
        let content = MediaType { schema: Some(schema), examples, ..MediaType::unknown(location) };
        self.media_types.add(content)
    }
}
