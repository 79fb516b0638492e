//! Random texts: of a format, of a pattern, or any.
//!
//! Enters: the name of a format, or a regular expression. Leaves: a text. Must not know: schemas.

use crate::random::Random;
use regex_syntax::hir::{Class, Hir, HirKind};

/// Texts that need encoding somewhere.
const ANY: &[&str] =
    &["a b", "x/y", "50%", "a&b=c", "Zoë", "one,two", "plus+sign", "\"quoted\"", "text"];

/// The longest repetition that a pattern without an end has.
const LONGEST: u32 = 3;

/// A text with letters and digits only.
pub(super) fn plain(random: &mut Random) -> String {
    format!("text{}", random.below(1000))
}

/// A text with anything.
pub(super) fn any(random: &mut Random) -> String {
    random.of(ANY).to_owned()
}

/// A text of a format; `None` if any text is one.
pub(super) fn of_format(format: &str, random: &mut Random) -> Option<String> {
    let number = random.below(90) + 10;
    Some(match format {
        "date" => format!("2024-05-{:02}", number % 28 + 1),
        "date-time" | "datetime" => format!("2024-05-{:02}T10:20:30Z", number % 28 + 1),
        "time" => format!("10:20:{:02}Z", number % 60),
        "duration" => format!("PT{number}S"),
        "email" | "idn-email" => format!("user{number}@example.com"),
        "hostname" | "idn-hostname" => format!("host{number}.example.com"),
        "ipv4" | "ip" => format!("192.0.2.{number}"),
        "ipv6" => format!("2001:db8::{number}"),
        "uri" | "iri" | "url" => format!("https://example.com/a{number}"),
        "uri-reference" | "iri-reference" => format!("/a{number}"),
        "uri-template" => format!("/a{number}/{{b}}"),
        "uuid" | "guid" => format!("00000000-0000-4000-8000-0000000000{number}"),
        "json-pointer" => format!("/a/{number}"),
        "relative-json-pointer" => format!("{number}/a"),
        "regex" => format!("^a{{{number}}}$"),
        "byte" | "base64" | "base64url" => "aGVsbG8h".to_owned(),
        "int32" | "int64" | "integer" => number.to_string(),
        "decimal" | "double" | "float" => format!("{number}.5"),
        _ => return None,
    })
}

/// A text that a regular expression matches; `None` if it is one that cannot be read.
pub(super) fn of_pattern(pattern: &str, random: &mut Random) -> Option<String> {
    let hir = regex_syntax::Parser::new().parse(&without_looks(pattern)).ok()?;
    let mut text = String::new();
    add(&hir, random, &mut text);
    Some(text)
}

/// Whether a text matches a regular expression, as far as it can be read.
pub(super) fn is_match(pattern: &str, text: &str) -> bool {
    regex::Regex::new(&without_looks(pattern)).is_ok_and(|regex| regex.is_match(text))
}

/// A regular expression without what it demands of the text around a place. These mostly exclude a few of the texts
/// that the rest allows.
fn without_looks(pattern: &str) -> String {
    let mut pattern = pattern.to_owned();
    let start =
        |pattern: &str| ["(?!", "(?=", "(?<!", "(?<="].iter().find_map(|one| pattern.find(one));
    while let Some(at) = start(&pattern) {
        let mut depth = 0;
        let inside = pattern[at..].char_indices().find(|(_, one)| {
            depth += i32::from(*one == '(') - i32::from(*one == ')');
            depth == 0
        });
        let Some((length, _)) = inside else { break };
        pattern.replace_range(at..=at + length, "");
    }
    pattern
}

fn add(hir: &Hir, random: &mut Random, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(letter(class, random)),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(repetition.min.saturating_add(LONGEST));
            let room = (most - repetition.min).min(LONGEST.max(1)) as usize;
            let least = if repetition.min == 0 && room > 0 { 1 } else { repetition.min as usize };
            let spare = room - usize::from(repetition.min == 0 && room > 0);
            for _ in 0..least + random.below(spare + 1) {
                add(&repetition.sub, random, text);
            }
        }
        HirKind::Capture(capture) => add(&capture.sub, random, text),
        HirKind::Concat(all) => all.iter().for_each(|one| add(one, random, text)),
        HirKind::Alternation(all) => add(&all[random.below(all.len())], random, text),
    }
}

/// One of the characters of a class, if possible a letter or a digit.
fn letter(class: &Class, random: &mut Random) -> Option<char> {
    let is_in = |wanted: &char| match class {
        Class::Unicode(class) => class.iter().any(|one| (one.start()..=one.end()).contains(wanted)),
        Class::Bytes(class) => u8::try_from(*wanted).is_ok_and(|wanted| {
            class.iter().any(|one| (one.start()..=one.end()).contains(&wanted))
        }),
    };
    let plain: Vec<char> = ('a'..='z').chain('A'..='Z').chain('0'..='9').filter(is_in).collect();
    if let Some(found) = plain.get(random.below(plain.len())) {
        return Some(*found);
    }
    (' '..='~').find(is_in).or_else(|| match class {
        Class::Unicode(class) => class.iter().next().map(|one| one.start()),
        Class::Bytes(class) => class.iter().next().map(|one| char::from(one.start())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_of_its_pattern() {
        let mut random = Random::new(1);
        for pattern in [
            "^[A-Z]{2}$",
            "^(a|b)+-[0-9]{3,}$",
            "^\\d{4}-\\d{2}$",
            "[^/]+",
            "^.*$",
            "^$",
            "x?",
            "^\\S+@\\S+$",
        ] {
            let regex = regex_syntax::Parser::new().parse(pattern);
            assert!(regex.is_ok(), "{pattern}");
            for _ in 0..20 {
                let text = of_pattern(pattern, &mut random).unwrap();
                assert!(is_match(pattern, &text), "{pattern} {text}");
            }
        }
        assert_eq!(of_pattern("^(?!a(b)c)x(?<!-)$", &mut random).as_deref(), Some("x"));
        assert_eq!(of_pattern("(", &mut random), None);
    }
}
