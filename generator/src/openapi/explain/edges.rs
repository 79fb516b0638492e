//! From one schema to those in it, and from an operation to its schemas, each with what is between them.

use crate::openapi::model::{
    Header, Id, Keywords, MediaType, Model, Operation, Property, SchemaId, Status, ValueForm, Words,
};

/// The schemas that a schema has or refers to, in order.
pub(super) fn of_schema(model: &Model, id: SchemaId) -> Vec<(String, SchemaId)> {
    let Some(keywords) = model.schema(id).keywords() else { return Vec::new() };
    let mut edges: Vec<(String, SchemaId)> = Vec::new();
    edges.extend(keywords.reference.iter().map(|one| (String::new(), one.target)));
    edges.extend(keywords.dynamic_reference.iter().map(|one| (String::new(), one.target)));
    let named = |all: &[Property], before: &str, after: &str| {
        let edge = |one: &Property| ([before, &one.name.text, after].concat(), one.schema);
        all.iter().map(edge).collect::<Vec<_>>()
    };
    edges.extend(named(&keywords.properties, ".", ""));
    edges.extend(named(&keywords.pattern_properties, "./", "/"));
    edges.extend(keywords.items.map(|one| ("[]".to_owned(), one)));
    let positions = keywords.prefix_items.iter().enumerate();
    edges.extend(positions.map(|(at, one)| (format!("[{at}]"), *one)));
    edges.extend(keywords.additional_properties.map(|one| (".*".to_owned(), one)));
    let parts = keywords.all_of.iter().chain(keywords.any_of.iter().flatten());
    let parts = parts.chain(keywords.one_of.iter().flatten());
    edges.extend(parts.map(|one| (String::new(), *one)));
    edges.extend(rare(keywords));
    edges
}

/// Those of keywords that few schemas have.
fn rare(keywords: &Keywords) -> Vec<(String, SchemaId)> {
    let mut edges = Vec::new();
    let ways = [
        ("[]", keywords.additional_items),
        ("[]", keywords.unevaluated_items),
        ("[]", keywords.contains),
        (".*", keywords.unevaluated_properties),
        (" (the name of a member)", keywords.property_names),
        (" (its content)", keywords.content_schema),
        (" (not)", keywords.not),
        (" (if)", keywords.condition),
        (" (then)", keywords.consequence),
        (" (else)", keywords.alternative),
    ];
    edges.extend(ways.into_iter().filter_map(|(way, one)| Some((way.to_owned(), one?))));
    let dependent = keywords.dependent_schemas.iter();
    edges.extend(dependent.map(|one| (format!(" (with {})", one.name.text), one.schema)));
    if let Some(discriminator) = &keywords.discriminator {
        let mapped = discriminator.mapping.iter();
        let default = discriminator.default.iter().map(|one| ("other".to_owned(), one));
        let mapped = mapped.map(|one| (one.value.text.clone(), &one.target)).chain(default);
        edges.extend(mapped.filter_map(|(value, target)| {
            Some((format!(" ({}: {value})", discriminator.property.text), target.schema?))
        }));
    }
    edges
}

/// The schemas of an operation, with where they are.
pub(super) fn of_operation(model: &Model, id: Id<Operation>) -> Vec<(String, SchemaId)> {
    let operation = &model.operations[id];
    let mut edges = Vec::new();
    for parameter in operation.parameters.iter().map(|id| &model.parameters[*id]) {
        let at = format!("{} parameter `{}`", parameter.place.name(), parameter.name.text);
        of_value(model, &at, &parameter.form, &mut edges);
    }
    if let Some(body) = operation.body {
        of_content(model, "body", &model.bodies[body].content, &mut edges);
    }
    for answer in &operation.responses {
        let at = match answer.status {
            Status::Code(code) => format!("answer {code}"),
            Status::Range(first) => format!("answer {first}XX"),
            Status::Default => "other answers".to_owned(),
        };
        let response = &model.responses[answer.response];
        of_content(model, &at, &response.content, &mut edges);
        for (name, header) in &response.headers {
            let header: &Header = &model.headers[*header];
            of_value(model, &format!("{at}, header `{}`", name.text), &header.form, &mut edges);
        }
    }
    edges
}

fn of_value(model: &Model, at: &str, form: &ValueForm, edges: &mut Vec<(String, SchemaId)>) {
    match form {
        ValueForm::Styled(styled) => edges.extend(styled.schema.map(|id| (at.to_owned(), id))),
        ValueForm::Content(content) => of_content(model, at, content, edges),
    }
}

fn of_content(
    model: &Model,
    at: &str,
    content: &[(Words, Id<MediaType>)],
    edges: &mut Vec<(String, SchemaId)>,
) {
    for (name, id) in content {
        let media = &model.media_types[*id];
        let at = format!("{at}, {}", name.text.trim());
        edges.extend(media.schema.map(|id| (at.clone(), id)));
        edges.extend(media.item_schema.map(|id| ([&at, ", each"].concat(), id)));
        for (part, encoding) in &media.encoding {
            for (name, header) in &model.encodings[*encoding].headers {
                let at = format!("{at}, header `{}` of `{}`", name.text, part.text);
                of_value(model, &at, &model.headers[*header].form, edges);
            }
        }
    }
}
