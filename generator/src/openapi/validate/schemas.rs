//! Schemas: limits that exclude each other, values that are listed twice, and patterns that are none.

use super::Rules;
use super::pattern;
use crate::input::diagnostic::Diagnostic;
use crate::input::source::Span;
use crate::openapi::model::{Keywords, Limits, Words};
use crate::openapi::schema::Form;
use crate::openapi::shown::shown;
use rustc_hash::FxHashSet;

impl Rules<'_, '_> {
    pub(super) fn schemas(&mut self) {
        let model = self.model;
        for keywords in model.schemas.iter().filter_map(|schema| schema.keywords()) {
            self.limits(&keywords.limits);
            self.repeated(keywords);
            let patterns = keywords.pattern_properties.iter().map(|one| &one.name);
            patterns.chain(&keywords.pattern).for_each(|words| self.pattern(words));
        }
        self.undeclared_members();
    }

    /// Limits that no value is within.
    fn limits(&mut self, limits: &Limits) {
        let bounds = [
            ("minimum", &limits.minimum, "maximum", &limits.maximum, false),
            ("exclusiveMinimum", &limits.exclusive_minimum, "maximum", &limits.maximum, true),
            ("minimum", &limits.minimum, "exclusiveMaximum", &limits.exclusive_maximum, true),
            (
                "exclusiveMinimum",
                &limits.exclusive_minimum,
                "exclusiveMaximum",
                &limits.exclusive_maximum,
                true,
            ),
            ("minLength", &limits.min_length, "maxLength", &limits.max_length, false),
            ("minItems", &limits.min_items, "maxItems", &limits.max_items, false),
            ("minContains", &limits.min_contains, "maxContains", &limits.max_contains, false),
            (
                "minProperties",
                &limits.min_properties,
                "maxProperties",
                &limits.max_properties,
                false,
            ),
        ];
        for (least, low, most, high, is_exclusive) in bounds {
            let (Some(low), Some(high)) = (low, high) else { continue };
            if is_impossible(&low.text, &high.text, is_exclusive) {
                let [low_text, high_text] = [low.shown(), high.shown()];
                let message =
                    format!("no value is within `{least}` {low_text} and `{most}` {high_text}");
                self.report(
                    Diagnostic::warning("impossible-limits", message)
                        .at(high.span, "no value is valid; every value is read")
                        .related(low.span, "the other limit")
                        .help("correct one of them"),
                );
            }
        }
        if let Some(words) = &limits.multiple_of
            && words.text.parse::<f64>().is_ok_and(|value| value <= 0.0)
        {
            let message = format!("`multipleOf` is {}, but has to be more than 0", words.shown());
            self.report(
                Diagnostic::violation("impossible-limits", message)
                    .at(words.span, "ignored")
                    .help("write a number that is more than 0"),
            );
        }
    }

    /// Values that are listed twice.
    fn repeated(&mut self, keywords: &Keywords) {
        let Some(values) = &keywords.values else { return };
        let mut known: FxHashSet<(bool, &str)> = FxHashSet::default();
        for at in values {
            let node = self.description.node(*at);
            let Some(text) = node.scalar() else { continue };
            if !known.insert((node.text().is_some(), text)) {
                let text = shown(text);
                let message = format!("the enumeration has the value `{text}` twice");
                self.report(
                    Diagnostic::warning("duplicate-enum", message)
                        .at(node.span(), "read as one value")
                        .help("remove it"),
                );
            }
        }
    }

    fn pattern(&mut self, words: &Words) {
        if let Some(why) = pattern::mistake(&words.text) {
            let pattern = words.shown();
            let message = format!("{pattern:?} is not a regular expression of ECMA-262: {why}");
            self.report(
                Diagnostic::warning("pattern", message)
                    .at(words.span, "it is only shown in documentation")
                    .help("write it as ECMA-262 has it, without flags"),
            );
        }
    }

    /// Members that are required and declared nowhere, in objects that declare others.
    fn undeclared_members(&mut self) {
        let model = self.model;
        let mut undeclared: Vec<(Span, &str)> = Vec::new();
        let mut declared: FxHashSet<Span> = FxHashSet::default();
        for (_, shape) in self.shapes.iter() {
            let Form::Object(object) = &shape.form else { continue };
            let is_typed = !object.rest.patterns.is_empty()
                || !matches!(self.shapes.shape(object.rest.rest.shape).form, Form::Any);
            // What declares nothing may require any names.
            if object.members.iter().all(|one| one.schemas.is_empty()) {
                continue;
            }
            let without = object.members.iter().filter(|one| one.schemas.is_empty() && !is_typed);
            let lacking: FxHashSet<&str> = without.map(|one| one.name.as_str()).collect();
            let parts = shape.schemas.iter().filter_map(|id| model.schema(*id).keywords());
            for name in parts.flat_map(|part| &part.required) {
                match lacking.contains(name.text.as_str()) {
                    true => undeclared.push((name.span, &name.text)),
                    false => _ = declared.insert(name.span),
                }
            }
        }
        for (span, name) in undeclared.into_iter().filter(|(span, _)| !declared.contains(span)) {
            let name = shown(name);
            let message = format!("`{name}` is required, but it is not among the properties");
            self.report(
                Diagnostic::warning("undeclared-member", message)
                    .at(span, "read as a member with any value")
                    .help("describe it in `properties`, or correct the name"),
            );
        }
    }
}

/// Whether no number is within two limits.
fn is_impossible(low: &str, high: &str, is_exclusive: bool) -> bool {
    /// Up to here equal numbers are read as equal, and others are not.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let (Ok(low), Ok(high)) = (low.parse::<f64>(), high.parse::<f64>()) else { return false };
    low > high || is_exclusive && low == high && low.abs() < EXACT && low.fract() == 0.0
}

#[cfg(test)]
mod tests {
    use super::is_impossible;

    #[test]
    fn limits_exclude_each_other_only_if_they_do() {
        assert!(is_impossible("2", "1", false) && is_impossible("1.0", "1", true));
        assert!(is_impossible("1e400", "-1e400", false));
        for (low, high, is_exclusive) in [
            ("1", "1", false),
            ("1", "2", true),
            ("9007199254740993", "9007199254740992", false),
            ("9007199254740992", "9007199254740993", true),
            ("0.1", "0.10000000000000000001", true),
        ] {
            assert!(!is_impossible(low, high, is_exclusive), "{low} {high}");
        }
    }
}
