//! The rows of a Markdown comment, and how they are made shorter.

use super::{Style, words};
use crate::crate_plan::Prose;
use crate::input::shown::shortened;
use crate::review::change::{Change, Place};
use crate::review::rule::Severity;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The widest value of a schema that is shown.
const WIDEST: usize = 200;

/// A row with everything.
pub(super) fn row(change: &Change, accepted: Option<&str>, style: &Style) -> String {
    let mark = match change.severity() {
        Severity::Error => "🛑 ",
        Severity::Warning => "⚠️ ",
        Severity::Info | Severity::Note => "",
    };
    let mut row = format!("- {mark}{}", brief(change, accepted));
    if let Some(values) = words::values(change, |value| code(&shortened(value, WIDEST))) {
        let _ = write!(row, " {values}");
    }
    row.push_str(&places(change, style));
    let _ = write!(
        row,
        " · read {}, write {}. {}",
        words::effect(change.read),
        words::effect(change.write),
        change.rule.consequence
    );
    for detail in &change.details {
        let _ = write!(row, " {}", escaped_detail(detail));
    }
    let _ = write!(row, " Crate: {}.", words::crate_changes(change, code));
    if let Some(requests) = words::requests(change, code) {
        let _ = write!(row, " Requests: {requests}.");
    }
    row.push('\n');
    row
}

/// A row with only what a reader has to know.
pub(super) fn short_row(change: &Change, accepted: Option<&str>) -> String {
    format!("- {}\n", brief(change, accepted))
}

/// The rule, the target, and whether it was announced or accepted.
fn brief(change: &Change, accepted: Option<&str>) -> String {
    let mut text = format!("`{}` **{}**", change.rule.id, code(&change.target));
    if let Some(notice) = change.notice {
        let _ = write!(text, " ({})", notice.word());
    }
    if let Some(reason) = accepted {
        let _ = write!(text, " · accepted: {}", code(reason));
    }
    text
}

/// A line for each change that needs little attention: what is new, and where.
pub(super) fn line(change: &Change, style: &Style) -> String {
    let values = words::values(change, |value| code(&shortened(value, 80)));
    let values = values.map_or_else(String::new, |values| format!(" {values}"));
    let rust =
        change.rust.first().map_or_else(String::new, |one| format!(" · {}", code(&one.path)));
    format!(
        "- `{}` {}{values}{}{rust}\n",
        change.rule.id,
        code(&change.target),
        places(change, style)
    )
}

/// Changes by rule and namespace, as counts.
pub(super) fn grouped(changes: &[(&Change, Option<&str>)]) -> String {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (change, _) in changes {
        let owner = change.owner_name();
        let namespace = owner.rsplit_once('.').map_or(owner, |(namespace, _)| namespace);
        *counts.entry((change.rule.id, namespace)).or_default() += 1;
    }
    let row = |((rule, namespace), count): (&(&str, &str), &usize)| {
        format!("- {count} × `{rule}` in {}\n", code(namespace))
    };
    counts.iter().map(row).collect()
}

fn places(change: &Change, style: &Style) -> String {
    let link = |base: &Option<String>, place: &Option<Place>, word: &str| {
        let (base, place) = (base.as_ref()?, place.as_ref()?);
        Some(format!("[{word}]({base}#L{})", place.line))
    };
    let links: Vec<String> = [
        link(&style.links.old, &change.old_place, "old"),
        link(&style.links.new, &change.new_place, "new"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if links.is_empty() {
        let place = change.new_place.as_ref().map(|one| (one, ""));
        let place = place.or(change.old_place.as_ref().map(|one| (one, " (old)")));
        return place.map_or_else(String::new, |(place, side)| {
            format!(" · {}{side}", code(&format!("{}:{}", place.file, place.line)))
        });
    }
    format!(" ({})", links.join(" · "))
}

/// Hostile text as inline code: nothing in it is markup, a mention, a reference or the end of a
/// comment.
pub(super) fn code(text: &str) -> String {
    let text = words::line(text).replace('|', "∣").replace("-->", "--＞").replace("<!--", "＜!--");
    Prose::default().code(&text).markdown().to_owned()
}

/// Details are words of the generator around names in backticks, so only the names can be hostile.
fn escaped_detail(detail: &str) -> String {
    let line = words::line(detail);
    let mut parts = line.split('`');
    let mut text = parts.next().unwrap_or_default().to_owned();
    let mut inside = true;
    for part in parts {
        text.push_str(&if inside { code(part) } else { part.to_owned() });
        inside = !inside;
    }
    text.replace(['<', '>', '@'], " ")
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn code_is_one_visible_line_that_nothing_escapes() {
        assert_eq!(code("a\u{ad}b\n\u{206f} c"), "`ab c`");
        assert_eq!(code(" \u{200b} "), "`\"\"`");
        assert_eq!(code("a`b|c"), "`` a`b∣c ``");
        assert_eq!(code("--\u{2061}> <!\u{e0020}--"), "`--＞ ＜!--`");
    }
}
