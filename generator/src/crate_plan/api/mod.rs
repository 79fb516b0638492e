//! The public items of a generated crate, one line each.
//!
//! Enters: a [`CratePlan`]. Leaves: [`Line`]s: the Rust path of each public item, how Rust declares
//! it, and the schema element it comes from. They are the text of `api.txt`, and what the
//! [diff](crate::review) of two crates compares. Must not know: code, how a change of a line is
//! judged.

mod declared;
mod lines;

pub use declared::{Beginning, Declared};
pub(crate) use lines::{Owner, Writer, method};

use crate::crate_plan::print::{self, Names};
use crate::crate_plan::{CratePlan, File, Item, Kind, Module};
use declared::Whole;
use lines::Found;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ops::Range;

/// A public item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The path from the crate root, such as `graph::User::display_name`. A field and a method of
    /// one name differ in the last character: methods end with `()`.
    pub path: String,
    /// The path of the struct or enum that the item belongs to or is; at the root of the crate the
    /// same as `path`.
    pub item: String,
    /// The item as Rust declares it.
    pub declared: Declared<'static>,
    /// The declaration as text, with whole paths and without documentation.
    pub signature: String,
    /// The qualified wire name of the type or the operation it comes from; empty at the service
    /// root.
    pub owner: String,
    /// The member of the owner: the wire name of a property or a parameter, or a path segment.
    pub member: Option<String>,
    /// Whether it is deprecated.
    pub is_deprecated: bool,
    /// Whether every item of the kind has this line.
    pub is_shared: bool,
}

impl Line {
    fn of(found: Found<'_>, is_shared: bool) -> Self {
        let Found { owner, name, declared, member, is_deprecated } = found;
        let mut signature = String::new();
        declared.write(&mut signature, owner.path, name);
        let mut path = owner.path.to_owned();
        let is_within = !name.is_empty() || matches!(declared, Declared::Implementation(_));
        if !path.is_empty() && is_within {
            path.push_str("::");
        }
        path.push_str(name);
        match &declared {
            Declared::Function(_) | Declared::Setter(_) => path.push_str("()"),
            Declared::Implementation(of) => {
                let last = of.path.last().copied().unwrap_or_default();
                path.push_str(last);
                print::arguments(&mut path, &mut Whole, &of.arguments);
            }
            _ => {}
        }
        let item = if owner.path.is_empty() { path.clone() } else { owner.path.to_owned() };
        Self {
            path,
            item,
            declared: declared.into_owned(),
            signature,
            owner: owner.wire_name.to_owned(),
            member: member.map(str::to_owned),
            is_deprecated,
            is_shared,
        }
    }
}

/// The lines of one item, each with its line break.
struct Part {
    text: String,
    /// The beginning of each line and its range in the text, sorted like the lines.
    lines: Vec<(Beginning, Range<usize>)>,
}

impl Part {
    /// `kind` is written after the item itself.
    fn of(kind: &str, write: impl FnOnce(&mut Writer<'_>)) -> Self {
        // Most items need no more room than this.
        let (mut text, mut lines) = (String::with_capacity(2048), Vec::with_capacity(16));
        write(&mut Writer::new(&mut |found| {
            let start = text.len();
            found.declared.write(&mut text, found.owner.path, found.name);
            if matches!(found.declared, Declared::Struct | Declared::Enum) {
                text.push_str(kind);
            }
            text.push_str(if found.is_deprecated { " #[deprecated]\n" } else { "\n" });
            lines.push((found.declared.beginning(), start..text.len()));
        }));
        let line = |at: &Range<usize>| text.get(at.clone());
        lines.sort_unstable_by(|one, other| {
            one.0.cmp(&other.0).then_with(|| line(&one.1).cmp(&line(&other.1)))
        });
        Self { text, lines }
    }

    /// The lines with one kind of beginning.
    fn lines(&self, beginning: Beginning) -> impl Iterator<Item = &str> {
        let start = self.lines.partition_point(|line| line.0 < beginning);
        let lines = self.lines[start..].iter().take_while(move |line| line.0 == beginning);
        lines.filter_map(|line| self.text.get(line.1.clone()))
    }
}

/// All kinds of beginnings, in order.
const BEGINNINGS: [Beginning; 8] = [
    Beginning::Impl,
    Beginning::Const,
    Beginning::Enum,
    Beginning::Fn,
    Beginning::Static,
    Beginning::Struct,
    Beginning::Type,
    Beginning::Member,
];

/// The separator between an item and its members.
const SEPARATOR: &str = "::";

/// The text of `api.txt` without the mark of the generator: one sorted line for each public item. What
/// every item of a kind has is written once for the kind, and each item names its kind.
pub fn text(plan: &CratePlan) -> String {
    let mut items = Vec::new();
    let mut kinds = BTreeSet::new();
    each_item(plan, &mut |module, item| {
        kinds.extend(item.kind());
        items.push((lines::path_of(module, item) + SEPARATOR, item));
    });
    // Sorted items produce long runs of sorted lines, which the sort below only merges.
    items.sort_by(|one, other| one.0.cmp(&other.0));
    let of_items = items.par_iter().map(|(path, item)| {
        let path = path.strip_suffix(SEPARATOR).unwrap_or(path);
        let owner = Owner { path, wire_name: item.wire_name() };
        Part::of(&kind_of(item), |writer| item.described().lines(writer, &owner))
    });
    let mut parts: Vec<Part> = of_items.collect();
    parts.push(Part::of("", |writer| lines::root_lines(writer, plan)));
    let shared: Vec<String> = kinds.into_iter().flat_map(shared).collect();
    let mut all: Vec<&str> = shared.iter().map(String::as_str).collect();
    for beginning in BEGINNINGS {
        all.extend(parts.iter().flat_map(|part| part.lines(beginning)));
    }
    all.push("pub use schemacrate_runtime as runtime\n");
    all.sort();
    all.concat()
}

/// The kind of an item as its line names it; empty if no macro completes the item.
fn kind_of(item: &Item) -> String {
    let Some(kind) = item.kind() else { return String::new() };
    let mut text = [": ", kind.macro_name()].concat();
    print::arguments(&mut text, &mut Whole, &item.arguments());
    text
}

/// The lines that every item of a kind has.
fn shared(kind: Kind) -> Vec<String> {
    let parameters = kind.parameters();
    let parameters =
        if parameters.is_empty() { String::new() } else { format!("<{}>", parameters.join(", ")) };
    let mut all = Vec::new();
    lines::kind_lines(
        &mut Writer::new(&mut |found| {
            let mut line = format!("each {}{parameters}: ", kind.macro_name());
            found.declared.write(&mut line, found.owner.path, found.name);
            line.push('\n');
            all.push(line);
        }),
        kind,
    );
    all
}

/// The lines of an item that a module exports, those of its kind included.
pub fn lines(module: &[String], item: &Item) -> Vec<Line> {
    let path = lines::path_of(module, item);
    let owner = Owner { path: &path, wire_name: item.wire_name() };
    let mut all = Vec::new();
    let described = item.described();
    described.lines(&mut Writer::new(&mut |one| all.push(Line::of(one, false))), &owner);
    lines::shared_lines(&mut Writer::new(&mut |one| all.push(Line::of(one, true))), &owner, item);
    all
}

/// The lines of the crate root: the registry, the client and the free functions.
pub fn root(plan: &CratePlan) -> Vec<Line> {
    let mut all = Vec::new();
    lines::root_lines(&mut Writer::new(&mut |one| all.push(Line::of(one, false))), plan);
    all
}

/// The path of an item as the lines spell it.
pub fn path(item: &crate::crate_plan::ItemPath) -> String {
    let mut path = String::new();
    Whole.item(&mut path, item);
    path
}

/// Calls a function with each item of a plan and the module that exports it.
pub fn each_item<'plan>(plan: &'plan CratePlan, call: &mut impl FnMut(&[String], &'plan Item)) {
    fn walk<'plan>(
        path: &mut Vec<String>,
        module: &'plan Module,
        call: &mut impl FnMut(&[String], &'plan Item),
    ) {
        for item in module.files.values().flat_map(|file: &File| &file.items) {
            call(path, item);
        }
        for (name, below) in &module.modules {
            path.push(name.clone());
            walk(path, below, call);
            path.pop();
        }
    }
    for (name, module) in &plan.modules {
        walk(&mut vec![name.clone()], module, call);
    }
}
