//! The bodies of 2.0, which are parameters.

use super::Builder;
use super::fields::Fields;
use super::operation::Declared;
use super::value::of_collection;
use crate::node::Node;
use crate::openapi::description::Location;
use crate::openapi::lenient;
use crate::openapi::model::{
    Encoding, Id, Keywords, MediaType, Place, Property, RequestBody, SchemaId, Style, Types, Words,
};
use rustc_hash::FxHashSet;

const MULTIPART: &str = "multipart/form-data";
const URLENCODED: &str = "application/x-www-form-urlencoded";

impl<'d> Builder<'d> {
    /// The body that a parameter with `in: body` is.
    pub(super) fn body_parameter(
        &mut self,
        operation: Fields<'d>,
        one: Declared<'d>,
    ) -> Id<RequestBody> {
        let of = one.of;
        let schema = self.schema(of, "schema");
        let list = self.list_of(operation, "consumes");
        let at = of.location("schema").unwrap_or(of.at);
        let example = of.location("x-example");
        let ranges = self.ranges(list, of).into_iter();
        let content = ranges.map(|range| {
            let id = match schema {
                Some(schema) => self.of_schema(at, schema, example),
                None => self.media_types.add(MediaType::unknown(at)),
            };
            (range, id)
        });
        let content = content.collect();
        self.bodies.add(RequestBody {
            location: of.at,
            component: self.component(of.at),
            name: of.words("name"),
            description: self.description_of(one.asked),
            required: of.is_true("required"),
            content,
            extensions: of.extensions(),
        })
    }

    /// The body that the parameters with `in: formData` are.
    pub(super) fn form(
        &mut self,
        operation: Fields<'d>,
        all: &[Declared<'d>],
    ) -> Option<Id<RequestBody>> {
        // Of several with one name the last one counts: it is the operation's own.
        let mut known = FxHashSet::default();
        let last = all.iter().rev().filter(|one| known.insert(one.name));
        let mut fields: Vec<Declared<'d>> = last.copied().collect();
        fields.reverse();
        let first = fields.first()?;
        let at = operation.location("parameters").unwrap_or(first.asked.at);
        let schema = self.form_schema(at, &fields);
        let encoding: Vec<(Words, Id<Encoding>)> =
            fields.iter().filter_map(|one| self.form_encoding(*one)).collect();
        let content = self.form_ranges(operation, &fields).into_iter().map(|range| {
            let media_type = MediaType {
                schema: Some(schema),
                encoding: encoding.clone(),
                ..MediaType::unknown(at)
            };
            (range, self.media_types.add(media_type))
        });
        let content = content.collect();
        Some(self.bodies.add(RequestBody {
            location: at,
            component: None,
            name: None,
            description: None,
            required: fields.iter().any(|one| one.of.is_true("required")),
            content,
            extensions: Vec::new(),
        }))
    }

    /// The media types of a form. Files need parts.
    fn form_ranges(&self, operation: Fields<'d>, fields: &[Declared<'d>]) -> Vec<Words> {
        let list = self.list_of(operation, "consumes").map(|at| self.fields(at));
        let words = list.into_iter().flat_map(Fields::own_items).filter_map(Fields::own_words);
        let is_form = |words: &Words| {
            let kind = words.text.split(';').next().unwrap_or_default().trim();
            kind.eq_ignore_ascii_case(MULTIPART) || kind.eq_ignore_ascii_case(URLENCODED)
        };
        let found: Vec<Words> = words.filter(is_form).collect();
        if !found.is_empty() {
            return found;
        }
        let has_file = fields.iter().any(|one| type_of(one.of) == Some("file"));
        let text = if has_file { MULTIPART } else { URLENCODED };
        let span = fields.first().map_or_else(|| operation.span(), |one| one.of.span());
        vec![Words { text: text.to_owned(), span }]
    }

    /// The schema of a form as an object.
    fn form_schema(&mut self, at: Location, fields: &[Declared<'d>]) -> SchemaId {
        let span = self.description.span(at);
        let mut types = Types::none(span);
        types.insert("object");
        let mut keywords = Keywords::default();
        keywords.types = Some(types);
        for one in fields {
            let Some(name) = one.of.words("name") else { continue };
            if one.of.is_true("required") {
                keywords.required.push(name.clone());
            }
            keywords.properties.push(Property { name, schema: self.value_schema(one.of) });
        }
        let id = self.schemas.made(at, keywords);
        self.types.push(id);
        id
    }

    /// How a list in a form is written.
    fn form_encoding(&mut self, one: Declared<'d>) -> Option<(Words, Id<Encoding>)> {
        if type_of(one.of) != Some("array") {
            return None;
        }
        let format = one.of.node.get("collectionFormat").and_then(Node::text);
        let (style, explode) = of_collection(format, Place::Query);
        let encoding = Encoding {
            location: one.of.at,
            content_type: None,
            headers: Vec::new(),
            style: Some(style),
            explode: Some(explode && style == Style::Form),
            allow_reserved: None,
            encoding: Vec::new(),
            prefix_encoding: Vec::new(),
            item_encoding: None,
            extensions: Vec::new(),
        };
        Some((one.of.words("name")?, self.encodings.add(encoding)))
    }
}

fn type_of<'d>(of: Fields<'d>) -> Option<&'d str> {
    of.node.get("type").and_then(lenient::text)
}
