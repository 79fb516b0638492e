//! The shape of a struct: the names of its members, and what else the reader has to know of them.

use crate::crate_plan::{Field, JsonForm, Layout, NamePattern, Presence, Struct};
use crate::write::form::{Array, Call, Each, Form, Literal, Numbers, Prefixed, Words, chain, with};
use crate::write::wrap::Line;

/// The expression that makes the shape.
pub(super) fn shape(line: &mut Line, item: &Struct, shape: &str, names: &str) {
    let members = item.fields.iter().filter(|one| is_member(one));
    let count = members.clone().count().to_string();
    let wire_names = members.map(|field| Literal(&field.wire_name));
    let wire_names = Prefixed("&", Array(Each(wire_names)));
    let name = Literal(&item.wire_name);
    let form = match &item.layout {
        Layout::Json(json) => json.form,
        Layout::OData { named } => {
            return Call(Words([shape, "::odata"]), (Literal(named), wire_names)).write(line);
        }
    };
    let additions = additions(item, form, names);
    let made = Line::of(with(|line| match form {
        JsonForm::Tuple => Call(Words([shape, "::tuple"]), (name, &*count)).write(line),
        JsonForm::Object | JsonForm::OpenKind => {
            Call(Words([shape, "::json"]), (name, wire_names)).write(line);
        }
    }));
    if additions.is_empty() {
        return line.append(&made);
    }
    chain(&made, |steps| {
        for Addition { method, taken } in &additions {
            match taken {
                Some(taken) => steps.call(method, [taken]),
                None => steps.call(method, ()),
            }
        }
    })
    .write(line);
}

/// A call that adds something to a shape.
struct Addition {
    method: &'static str,
    taken: Option<Line>,
}

fn additions(item: &Struct, form: JsonForm, names: &str) -> Vec<Addition> {
    let mut additions = Vec::new();
    let mut add = |method, taken| additions.push(Addition { method, taken });
    let fields = || item.fields.iter();
    let required = fields().enumerate().filter(|(_, one)| one.is_required());
    let required: Vec<String> = required.map(|(at, _)| at.to_string()).collect();
    if !required.is_empty() {
        let indices = Prefixed("&", Numbers(Each(required.iter())));
        add("with_required", Some(Line::of(indices)));
    }
    let patterns = fields().filter_map(|one| match &one.presence {
        Presence::Pattern(found) => Some(pattern(names, found)),
        _ => None,
    });
    let patterns: Vec<Line> = patterns.collect();
    if !patterns.is_empty() {
        add("with_patterns", Some(Line::of(Prefixed("&", Array(Each(&patterns))))));
    }
    if fields().any(|one| matches!(one.presence, Presence::Others | Presence::Rest)) {
        add("with_others", None);
    }
    if form == JsonForm::OpenKind {
        add("with_open_kind", None);
    }
    additions
}

/// The names that a field has the members of.
fn pattern(names: &str, pattern: &NamePattern) -> Line {
    let (variant, text) = match pattern {
        NamePattern::Prefix(text) => ("::Prefix", text),
        NamePattern::Suffix(text) => ("::Suffix", text),
        NamePattern::Containing(text) => ("::Containing", text),
        NamePattern::Exactly(text) => ("::Exactly", text),
        NamePattern::Any => return Line::of(Words([names, "::Any"])),
    };
    Line::of(Call(Words([names, variant]), [Literal(text)]))
}

/// Whether a field is one member, or one item.
fn is_member(field: &Field) -> bool {
    !matches!(field.presence, Presence::Pattern(_) | Presence::Others | Presence::Rest)
}
