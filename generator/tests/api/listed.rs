//! The public items that an `api.txt` lists.
//!
//! Enters: the text. Leaves: its lines, where each item has what the lines of its kind list.

use std::collections::BTreeMap;

/// The lines, those of the kinds written out for each item.
pub(crate) fn lines(text: &str) -> Vec<String> {
    let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let lines = || text.lines().skip(1);
    for line in lines().filter_map(|line| line.strip_prefix("each ")) {
        let (kind, declared) = line.split_once(": ").expect("a kind and what it has");
        kinds.entry(kind).or_default().push(declared);
    }
    let mut used = BTreeMap::new();
    let mut all = Vec::new();
    for line in lines().filter(|line| !line.starts_with("each ")) {
        let Some((item, kind)) = kind_of(line) else {
            all.push(line.to_owned());
            continue;
        };
        let (kind, deprecated) = match kind.strip_suffix(" #[deprecated]") {
            Some(kind) => (kind, " #[deprecated]"),
            None => (kind, ""),
        };
        all.push(format!("{item}{deprecated}"));
        let path = item.rsplit(' ').next().expect("a path");
        let (name, given) = with_arguments(kind);
        let (header, parameters, shared) = kinds
            .iter()
            .map(|(header, shared)| (*header, with_arguments(header), shared))
            .find(|(_, (other, parameters), _)| *other == name && parameters.len() == given.len())
            .map(|(header, (_, parameters), shared)| (header, parameters, shared))
            .unwrap_or_else(|| panic!("no lines for {kind}"));
        used.insert(header, ());
        for declared in shared {
            all.push(of_item(declared, path, &parameters, &given));
        }
    }
    assert_eq!(used.len(), kinds.len(), "kinds without an item");
    all
}

/// A struct or an enum, and its kind.
fn kind_of(line: &str) -> Option<(&str, &str)> {
    if line.starts_with("pub struct ") || line.starts_with("pub enum ") {
        line.split_once(": ")
    } else {
        None
    }
}

/// `update<Object, Value>`: the name and the arguments.
fn with_arguments(text: &str) -> (&str, Vec<&str>) {
    let Some((name, arguments)) = text.split_once('<') else { return (text, Vec::new()) };
    let arguments = arguments.strip_suffix('>').expect("a bracket at the end");
    let mut depth = 0_usize;
    let arguments = arguments.split(|c| {
        match c {
            '<' => depth += 1,
            '>' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    });
    (name, arguments.map(str::trim).collect())
}

/// What a kind has, as an item of the kind has it.
fn of_item(declared: &str, path: &str, parameters: &[&str], given: &[&str]) -> String {
    let mut text = declared.to_owned();
    for (parameter, given) in parameters.iter().zip(given) {
        text = substituted(&text, parameter, given);
    }
    match (text.strip_prefix("impl "), text.strip_prefix("pub fn ")) {
        (Some(implemented), _) => format!("impl {implemented} for {path}"),
        (_, Some(function)) => format!("pub fn {path}::{function}"),
        _ => panic!("neither a trait nor a function: {declared}"),
    }
}

/// A parameter is a whole name, neither at the end of a path nor that of an associated type.
fn substituted(text: &str, parameter: &str, given: &str) -> String {
    let mut written = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(parameter) {
        let (before, found) = rest.split_at(at);
        let after = &found[parameter.len()..];
        let is_name = |c: char| c.is_alphanumeric() || "_:".contains(c);
        let is_it =
            !before.ends_with(is_name) && !after.starts_with(is_name) && !after.starts_with(" = ");
        written.push_str(before);
        written.push_str(if is_it { given } else { parameter });
        rest = after;
    }
    written.push_str(rest);
    written
}
