//! Bodies of requests, media types, and how their parts are written.

use super::Builder;
use super::fields::Fields;
use super::parts::Asked;
use crate::openapi::model::{Encoding, Header, Id, MediaType, RequestBody, Style, Words};

/// What the parts of a body without names, and those with names, are written as.
type Encodings = (Vec<(Words, Id<Encoding>)>, Vec<Id<Encoding>>, Option<Id<Encoding>>);

impl<'d> Builder<'d> {
    pub(super) fn body(&mut self, asked: Asked) -> RequestBody {
        let of = self.fields(asked.at);
        RequestBody {
            location: asked.at,
            component: self.component(asked.at),
            name: None,
            description: self.description_of(asked),
            required: of.is_true("required"),
            content: self.content(of),
            extensions: of.extensions(),
        }
    }

    pub(super) fn media_type(&mut self, asked: Asked) -> MediaType {
        let of = self.fields(asked.at);
        let (encoding, prefix_encoding, item_encoding) = self.encodings_of(of);
        MediaType {
            location: asked.at,
            component: self.component(asked.at),
            schema: self.schema(of, "schema"),
            item_schema: self.schema(of, "itemSchema"),
            encoding,
            prefix_encoding,
            item_encoding,
            examples: self.examples(of),
            extensions: of.extensions(),
        }
    }

    fn encodings_of(&mut self, of: Fields<'d>) -> Encodings {
        let mut named = Vec::new();
        for (name, inner) in of.members("encoding") {
            if let Some(asked) = self.asked(inner.at) {
                named.push((name, self.encodings.ask(asked)));
            }
        }
        let mut prefix = Vec::new();
        for inner in of.items("prefixEncoding") {
            if let Some(asked) = self.asked(inner.at) {
                prefix.push(self.encodings.ask(asked));
            }
        }
        let item = of.location("itemEncoding").and_then(|at| self.asked(at));
        (named, prefix, item.map(|asked| self.encodings.ask(asked)))
    }

    pub(super) fn encoding(&mut self, asked: Asked) -> Encoding {
        let of = self.fields(asked.at);
        let (encoding, prefix_encoding, item_encoding) = self.encodings_of(of);
        Encoding {
            location: asked.at,
            content_type: of.words("contentType"),
            headers: self.headers_of(of),
            style: of.words("style").and_then(|words| Style::of_word(&words.text)),
            explode: of.bool("explode"),
            allow_reserved: of.bool("allowReserved"),
            encoding,
            prefix_encoding,
            item_encoding,
            extensions: of.extensions(),
        }
    }

    pub(super) fn headers_of(&mut self, of: Fields<'d>) -> Vec<(Words, Id<Header>)> {
        let all = self.all_asked(of, "headers").into_iter();
        all.map(|(name, asked)| (name, self.headers.ask(asked))).collect()
    }
}
