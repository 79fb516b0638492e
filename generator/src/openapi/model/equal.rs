//! Which schemas are written alike: with the same keywords in the same order of members, and the same
//! documentation, whatever place they are at.
//!
//! Enters: schemas. Leaves: the [`Class`] of each: two schemas of one class have the same values, the same
//! names of members and the same documentation, so that the same type would be made of both. Must not know:
//! what keywords mean.

use super::{
    Body, Bounds, Discriminator, FurtherKeywords, Keywords, Model, Property, RareKeywords,
    Reference, SchemaId, Target, Types, Words,
};
use crate::openapi::description::{Description, Location};
use rustc_hash::FxHashMap;

/// The deepest nesting that is compared. What is in deeper schemas is only equal to itself.
const DEEPEST: usize = 100;

/// The number of all schemas that are written alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Class(u32);

/// What is known of a schema.
#[derive(Clone, Copy)]
enum State {
    New,
    /// It is being looked at, so a reference to it is one to itself.
    Open,
    Known(Class),
}

/// The classes of the schemas that were asked for.
pub(crate) struct Classes<'m> {
    model: &'m Model,
    description: &'m Description,
    states: Vec<State>,
    /// By what is written, with the length of each part, so that different schemas have different texts.
    known: FxHashMap<Box<[u8]>, Class>,
    /// What is written so far of the schemas that are being looked at, the outermost one first.
    text: Vec<u8>,
}

impl<'m> Classes<'m> {
    pub(crate) fn new(description: &'m Description, model: &'m Model) -> Self {
        let states = vec![State::New; model.schemas.len()];
        Self { model, description, states, known: FxHashMap::default(), text: Vec::new() }
    }

    /// The class of a schema.
    pub(crate) fn of(&mut self, schema: SchemaId) -> Class {
        self.nested(schema, 0)
    }

    fn nested(&mut self, id: SchemaId, depth: usize) -> Class {
        let schema = self.model.schema(id);
        let is_itself = schema.name.is_some() || depth > DEEPEST;
        match self.states[id.index()] {
            State::Known(class) => return class,
            // A component is equal to none, even if it is written alike.
            State::Open => return self.itself(id),
            State::New if is_itself => {
                let class = self.itself(id);
                self.states[id.index()] = State::Known(class);
                return class;
            }
            State::New => self.states[id.index()] = State::Open,
        }
        let start = self.text.len();
        let mut written = Written { classes: self, depth: depth + 1 };
        match &schema.body {
            Body::True => written.number(1),
            Body::False => written.number(2),
            Body::Keywords(keywords) => {
                written.number(3);
                written.keywords(keywords);
            }
        }
        let class = self.class(start);
        self.states[id.index()] = State::Known(class);
        class
    }

    /// The class of a schema that is only equal to itself.
    fn itself(&mut self, id: SchemaId) -> Class {
        let start = self.text.len();
        self.number(0);
        self.number(id.index());
        self.class(start)
    }

    fn number(&mut self, number: usize) {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.text.extend(number.to_le_bytes());
    }

    /// The class of what was written last.
    fn class(&mut self, start: usize) -> Class {
        let text = &self.text[start..];
        let class = match self.known.get(text) {
            Some(known) => *known,
            None => {
                let class = Class(u32::try_from(self.known.len()).unwrap_or(u32::MAX));
                self.known.insert(text.into(), class);
                class
            }
        };
        self.text.truncate(start);
        class
    }
}

/// What one schema has, each part so that its end is known.
struct Written<'c, 'm> {
    classes: &'c mut Classes<'m>,
    depth: usize,
}

impl Written<'_, '_> {
    fn number(&mut self, number: usize) {
        self.classes.number(number);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.classes.text.extend(text.as_bytes());
    }

    fn words(&mut self, words: &Words) {
        self.text(&words.text);
    }

    fn all<T>(&mut self, all: &[T], each: impl Fn(&mut Self, &T)) {
        self.number(all.len());
        all.iter().for_each(|one| each(self, one));
    }

    fn maybe<T>(&mut self, value: Option<&T>, some: impl Fn(&mut Self, &T)) {
        self.all(value.map_or(&[], std::slice::from_ref), some);
    }

    fn schema(&mut self, schema: &SchemaId) {
        let class = self.classes.nested(*schema, self.depth);
        self.number(class.0 as usize);
    }

    fn property(&mut self, property: &Property) {
        self.words(&property.name);
        self.schema(&property.schema);
    }

    fn value(&mut self, value: &Location) {
        let json = self.classes.description.node(*value).json();
        self.text(&json);
    }

    fn types(&mut self, types: &Types) {
        let names: Vec<&str> = types.names().collect();
        self.all(&names, |written, name| written.text(name));
    }

    /// To what it refers counts, and not how that is written.
    fn reference(&mut self, reference: &Reference) {
        self.schema(&reference.target);
        self.all(&reference.candidates, Self::schema);
    }

    fn target(&mut self, target: &Target) {
        self.words(&target.text);
        self.maybe(target.schema.as_ref(), Self::schema);
    }

    fn discriminator(&mut self, one: &Discriminator) {
        let Discriminator { span: _, property, mapping, default } = one;
        self.words(property);
        self.all(mapping, |written, one| {
            written.words(&one.value);
            written.target(&one.target);
        });
        self.maybe(default.as_ref(), Self::target);
    }

    fn keywords(&mut self, keywords: &Keywords) {
        let Keywords {
            reference,
            properties,
            additional_properties,
            items,
            types,
            required,
            limits,
            unique_items,
            format,
            description,
            deprecated,
            read_only,
            write_only,
            further,
        } = keywords;
        self.maybe(reference.as_deref(), Self::reference);
        self.all(properties, Self::property);
        self.maybe(additional_properties.as_ref(), Self::schema);
        self.maybe(items.as_ref(), Self::schema);
        self.maybe(types.as_ref(), Self::types);
        self.all(required, Self::words);
        self.maybe(limits.written(), Self::bounds);
        let flags = [*unique_items, *deprecated, *read_only, *write_only];
        self.classes.text.extend(flags.map(u8::from));
        self.maybe(format.as_ref(), Self::words);
        self.maybe(description.as_ref(), Self::words);
        self.maybe(further.written(), Self::further);
    }

    fn further(&mut self, keywords: &FurtherKeywords) {
        let FurtherKeywords {
            all_of,
            any_of,
            one_of,
            values,
            constant,
            title,
            default,
            examples,
            nullable,
            extensions,
            rare,
        } = keywords;
        self.all(all_of, Self::schema);
        self.maybe(any_of.as_ref(), |written, all| written.all(all, Self::schema));
        self.maybe(one_of.as_ref(), |written, all| written.all(all, Self::schema));
        self.maybe(values.as_ref(), |written, all| written.all(all, Self::value));
        self.maybe(constant.as_ref(), Self::value);
        self.maybe(title.as_ref(), Self::words);
        self.maybe(default.as_ref(), Self::value);
        self.all(examples, Self::value);
        self.classes.text.push(nullable.is_some().into());
        self.all(extensions, |written, (name, value)| {
            written.words(name);
            written.value(value);
        });
        self.maybe(rare.written(), Self::rare);
    }

    fn bounds(&mut self, bounds: &Bounds) {
        let Bounds {
            multiple_of,
            maximum,
            exclusive_maximum,
            minimum,
            exclusive_minimum,
            max_length,
            min_length,
            max_items,
            min_items,
            max_contains,
            min_contains,
            max_properties,
            min_properties,
        } = bounds;
        for bound in [
            multiple_of,
            maximum,
            exclusive_maximum,
            minimum,
            exclusive_minimum,
            max_length,
            min_length,
            max_items,
            min_items,
            max_contains,
            min_contains,
            max_properties,
            min_properties,
        ] {
            self.maybe(bound.as_ref(), Self::words);
        }
    }

    fn rare(&mut self, keywords: &RareKeywords) {
        let RareKeywords {
            dynamic_reference,
            dynamic_anchor,
            not,
            condition,
            consequence,
            alternative,
            dependent_schemas,
            pattern_properties,
            unevaluated_properties,
            property_names,
            prefix_items,
            additional_items,
            unevaluated_items,
            contains,
            dependent_required,
            pattern,
            content_encoding,
            content_media_type,
            content_schema,
            discriminator,
            xml,
            external_docs,
            definitions,
        } = keywords;
        self.maybe(dynamic_reference.as_ref(), Self::reference);
        for words in [dynamic_anchor, pattern, content_encoding, content_media_type] {
            self.maybe(words.as_ref(), Self::words);
        }
        for schema in [
            not,
            condition,
            consequence,
            alternative,
            unevaluated_properties,
            property_names,
            additional_items,
            unevaluated_items,
            contains,
            content_schema,
        ] {
            self.maybe(schema.as_ref(), Self::schema);
        }
        for properties in [dependent_schemas, pattern_properties, definitions] {
            self.all(properties, Self::property);
        }
        self.all(prefix_items, Self::schema);
        self.all(dependent_required, |written, (name, others)| {
            written.words(name);
            written.all(others, Self::words);
        });
        self.maybe(discriminator.as_ref(), Self::discriminator);
        for value in [xml, external_docs] {
            self.maybe(value.as_ref(), Self::value);
        }
    }
}
