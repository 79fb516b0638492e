//! What a URL means, for `schemacrate inspect --url`.

use schemacrate::internals::binding::{
    BoundKind, BoundSegment, Lookup, Target, check_options, queried, resource_path,
};
use schemacrate::internals::edm::{Model, OperationKind};
use schemacrate::internals::url::{Span, Url};
use serde_json::{Value, json};

/// What each segment of a URL is and returns, or what is wrong with the URL.
pub(super) fn explain(model: &Model, namespaces: &[String], text: &str) -> Result<Value, String> {
    let url = Url::parse(text).map_err(|error| {
        let span = Span { start: error.at, end: error.at };
        pointed(text, span, &format!("expected {}", error.expected))
    })?;
    let lookup = Lookup::new(model, namespaces);
    let path = resource_path(&lookup, &url.path)
        .map_err(|error| pointed(text, error.span, &error.message))?;
    if let Some(target) = queried(&path)
        && let Some(error) = check_options(&lookup, target, &url.options).first()
    {
        return Err(pointed(text, error.span, &error.message));
    }
    let segments: Vec<Value> = path
        .iter()
        .map(|segment| {
            json!({
                "segment": text.get(segment.span.start..segment.span.end).unwrap_or_default(),
                "is": describe(model, segment),
                "returns": lookup.describe(segment.target),
            })
        })
        .collect();
    let returned = path.last().map(|last: &BoundSegment| last.target);
    let returned = returned.map(|target: Target| lookup.describe(target));
    Ok(json!({ "segments": segments, "returns": returned }))
}

fn describe(model: &Model, segment: &BoundSegment) -> String {
    let type_name = |id| model.structured(id).name.to_string();
    match &segment.kind {
        BoundKind::EntitySet(_) => "entity set".to_owned(),
        BoundKind::Singleton(_) => "singleton".to_owned(),
        BoundKind::Import(..) => "operation import".to_owned(),
        BoundKind::Key(parts) => match parts.len() {
            1 => "key".to_owned(),
            parts => format!("key of {parts} parts"),
        },
        BoundKind::Index(_) => "position".to_owned(),
        BoundKind::Property(owner, name) => format!("property {}/{name}", type_name(*owner)),
        BoundKind::Navigation(owner, name) => {
            format!("navigation property {}/{name}", type_name(*owner))
        }
        BoundKind::Dynamic(_) => "something that the schema does not declare".to_owned(),
        BoundKind::Cast(id) => format!("type {}", type_name(*id)),
        BoundKind::Operation(id) => {
            let operation = model.operation(*id);
            match operation.kind {
                OperationKind::Action => format!("action {}", operation.name),
                OperationKind::Function => format!("function {}", operation.name),
            }
        }
        BoundKind::System(name) => format!("system resource {name}"),
    }
}

/// An error that points into the URL.
fn pointed(text: &str, span: Span, message: &str) -> String {
    let before = text.get(..span.start).map_or(0, |before| before.chars().count());
    let width = text.get(span.start..span.end).map_or(1, |part| part.chars().count().max(1));
    format!("error: {message}\n  {text}\n  {}{}", " ".repeat(before), "^".repeat(width))
}
