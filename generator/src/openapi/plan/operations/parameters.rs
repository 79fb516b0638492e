//! The values that a request has beside its body.
//!
//! Enters: the parameters of an operation, and the path. Leaves: how each is written, what is taken for it, and
//! the path as a request has it. Must not know: which values are arguments.

use super::super::table::Table;
use super::super::types;
use super::groups::Requested;
use super::{docs, media, words};
use crate::crate_plan::{Carried, Docs, Foreign, Part, Place, Prose, Type};
use crate::openapi::model::{
    self, Header, Id, MediaType, Parameter, SchemaId, Style, Styled, ValueForm, Words,
    first_variable, variable_name, variables,
};
use crate::openapi::schema::Use;

/// A value that a caller can set.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// How it is written.
    pub(super) carried: Carried,
    /// What is taken.
    pub(super) takes: Type,
    pub(super) is_required: bool,
    /// Whether the type is the same wherever an option has this name: no schema of the operation alone.
    pub(super) is_shared: bool,
    pub(super) docs: Docs,
    /// What is said of it as an argument.
    pub(super) said: Vec<Prose>,
    /// The part of the body whose header it is.
    pub(super) of_part: Option<String>,
}

impl Value {
    pub(super) fn part(&self) -> Part {
        let name = self.carried.name.clone();
        match &self.of_part {
            Some(part) => Part::PartHeader(part.clone(), name),
            None => Part::Parameter(self.carried.place, name),
        }
    }

    /// What an argument or a setter for it is called after.
    pub(super) fn label(&self) -> String {
        let own = &self.carried.name;
        match &self.of_part {
            Some(part) => {
                // Parts without names are numbered; all further ones are alike.
                let part = if part == "[]" { "part" } else { part };
                let part =
                    part.strip_prefix('[').map_or(part.to_owned(), |at| ["part_", at].concat());
                [part.trim_end_matches(']'), "_", own].concat()
            }
            None => own.clone(),
        }
    }
}

/// The values of an operation, those of the path first, and the path as a request has it.
pub(super) fn of(table: &Table<'_>, requested: Requested<'_>) -> (Vec<Value>, String) {
    let template = Template::of(table, requested);
    let model = &table.api.model;
    let mut values = template.values;
    for id in &requested.operation.parameters {
        let parameter = &model.parameters[*id];
        if parameter.place == model::Place::Path {
            continue;
        }
        let mut value = value(table, parameter);
        if let Some((_, name)) = template.renamed.iter().find(|(own, _)| *own == value.carried.name)
        {
            value.carried.name.clone_from(name);
        }
        values.push(value);
    }
    (values, template.text)
}

/// A path, in which each variable has the name of its parameter.
struct Template {
    text: String,
    values: Vec<Value>,
    /// Parameters of the query that the query of the path has by another name.
    renamed: Vec<(String, String)>,
}

impl Template {
    fn of(table: &Table<'_>, requested: Requested<'_>) -> Self {
        let text = requested.path.template.text.as_str();
        let text = text.split('#').next().unwrap_or(text);
        let (path, query) = match text.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (text, None),
        };
        let mut template = Self { text: String::new(), values: Vec::new(), renamed: Vec::new() };
        if !path.starts_with('/') {
            template.text.push('/');
        }
        template.path(table, requested, path);
        if let Some(query) = query {
            template.query(table, requested, query);
        }
        template
    }

    fn path(&mut self, table: &Table<'_>, requested: Requested<'_>, path: &str) {
        let mut rest = path;
        while let Some((before, name, after)) = first_variable(rest) {
            self.text.push_str(before);
            rest = after;
            if name.is_empty() || name.starts_with(['?', '&']) {
                continue;
            }
            let value = variable(table, requested, name);
            self.text.extend(["{", &value.carried.name, "}"]);
            if self.values.iter().all(|one| one.carried.name != value.carried.name) {
                self.values.push(value);
            }
        }
        self.text.push_str(rest);
    }

    /// Pairs with variables become parameters of the query, the others remain.
    fn query(&mut self, table: &Table<'_>, requested: Requested<'_>, query: &str) {
        let model = &table.api.model;
        let mut separator = '?';
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let name = pair.split('=').next().unwrap_or(pair);
            let Some(variable) = variables(pair).next() else {
                self.text.push(separator);
                self.text.push_str(pair);
                separator = '&';
                continue;
            };
            let parameters = requested.operation.parameters.iter();
            let mut parameters = parameters.map(|id| &model.parameters[*id]);
            let is_it =
                |one: &Parameter| one.place == model::Place::Query && one.name.text == variable;
            let name = if name.contains('{') { variable } else { name };
            match parameters.find(|one| is_it(one)) {
                Some(_) => self.renamed.push((variable.to_owned(), name.to_owned())),
                None => {
                    let carried = Carried::new(Place::Query, name);
                    self.values.push(undeclared(carried));
                }
            }
        }
    }
}

/// The value of a variable of the path.
fn variable(table: &Table<'_>, requested: Requested<'_>, name: &str) -> Value {
    let model = &table.api.model;
    match model.variable(requested.operation, name) {
        Some(id) => value(table, &model.parameters[id]),
        None => undeclared(Carried::new(Place::Path, variable_name(name))),
    }
}

/// A value that is not declared.
pub(super) fn undeclared(carried: Carried) -> Value {
    let text = Type::Foreign(Foreign::String);
    let takes = match carried.place {
        Place::Path => text.into_key(),
        _ => text.into_value(),
    };
    Value {
        carried,
        takes,
        is_required: true,
        is_shared: true,
        docs: Docs::default(),
        said: Vec::new(),
        of_part: None,
    }
}

pub(super) fn value(table: &Table<'_>, parameter: &Parameter) -> Value {
    let place = place_of(parameter);
    let mut carried = Carried::new(place, &parameter.name.text);
    carried.may_be_empty = parameter.allow_empty && place == Place::Query;
    let schema = match &parameter.form {
        ValueForm::Styled(styled) => {
            style(&mut carried, parameter, styled);
            styled.schema
        }
        ValueForm::Content(content) => content_of(table, &mut carried, content),
    };
    let (used, own) = of_schema(table, &mut carried, schema);
    let is_shared = parameter.component.is_some() || table.is_of_components(&own);
    let takes = match (place, used.is_some_and(|used| used.nullable)) {
        (Place::Path, _) => own.into_key(),
        (Place::QueryString, _) | (_, false) => own.into_value(),
        (_, true) => own.into_nullable(),
    };
    let (docs, said) = docs::of_parameter(table, parameter, used);
    Value {
        carried,
        takes,
        is_required: parameter.required || place == Place::Path,
        is_shared,
        docs,
        said,
        of_part: None,
    }
}

/// The use of a schema, if it is known, and its type.
fn of_schema(
    table: &Table<'_>,
    carried: &mut Carried,
    schema: Option<SchemaId>,
) -> (Option<Use>, Type) {
    let used = schema.and_then(|id| table.api.shapes.of(id));
    if used.is_some_and(|used| words::is_scalar(table, used)) {
        // A single value is written in the same way.
        carried.explode = None;
    }
    (used, used.map_or(Type::any_json(), |used| types::value(table, used.shape)))
}

/// The value of a header of a part of the body.
pub(super) fn of_header(table: &Table<'_>, part: &str, (name, header): (&str, &Header)) -> Value {
    let mut carried = Carried::new(Place::Header, name);
    let schema = match &header.form {
        ValueForm::Styled(styled) => {
            // A header has one style.
            carried.explode = styled.explode.then_some(true);
            styled.schema
        }
        ValueForm::Content(content) => content_of(table, &mut carried, content),
    };
    let (used, own) = of_schema(table, &mut carried, schema);
    let is_shared = table.is_of_components(&own);
    let (docs, said) = docs::of_part_header(table, part, (name, header), used);
    Value {
        carried,
        takes: own.into_value(),
        is_required: header.required,
        is_shared,
        docs,
        said,
        of_part: Some(part.to_owned()),
    }
}

/// Where a parameter is sent.
pub(super) fn place_of(parameter: &Parameter) -> Place {
    match parameter.place {
        model::Place::Path => Place::Path,
        model::Place::Query => Place::Query,
        model::Place::QueryString => Place::QueryString,
        model::Place::Header => Place::Header,
        model::Place::Cookie => Place::Cookie,
    }
}

fn style(carried: &mut Carried, parameter: &Parameter, styled: &Styled) {
    let usual = parameter.place.style();
    if styled.style != usual {
        carried.style = Some(name_of(styled.style));
    }
    // The functions of the runtime explode what has the style of its place and is not in a path or a header.
    let is_exploded = usual == Style::Form;
    if styled.explode != is_exploded {
        carried.explode = Some(styled.explode);
    }
    carried.is_reserved = styled.allow_reserved;
    carried.inner = styled.inner.iter().copied().map(name_of).collect();
}

/// The schema of a value that is a document of a media type.
fn content_of(
    table: &Table<'_>,
    carried: &mut Carried,
    content: &[(Words, Id<MediaType>)],
) -> Option<model::SchemaId> {
    let (name, id) = content.first()?;
    let kind = media::Kind::of(&name.text);
    carried.is_json = kind == media::Kind::Json;
    let media = &table.api.model.media_types[*id];
    if kind == media::Kind::Form {
        carried.fields = super::bodies::fields(&table.api.model, media);
    }
    media.schema
}

/// The variant of the runtime for a style.
pub(super) fn name_of(style: Style) -> &'static str {
    match style {
        Style::Matrix => "Matrix",
        Style::Label => "Label",
        Style::Simple => "Simple",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::TabDelimited => "TabDelimited",
        Style::DeepObject => "DeepObject",
        Style::Cookie => "Cookie",
    }
}
