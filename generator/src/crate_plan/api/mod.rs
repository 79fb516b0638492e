//! The public items of a generated crate, one line each.
//!
//! Enters: a [`CratePlan`]. Leaves: [`Line`]s: the Rust path of each public item, its signature,
//! and the schema element it comes from. They are the text of `api.txt`, and what the
//! [diff](crate::review) of two crates compares.
//! Must not know: code, how a line is judged.

mod lines;
mod signature;

pub use lines::lines;

use crate::crate_plan::{CratePlan, File, Item, Module};
use crate::write::mark;
use lines::Writer;
use rayon::prelude::*;
use std::ops::Range;

/// A public item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The path from the crate root, such as `graph::User::display_name`. A field and a method of
    /// one name differ in the last character: methods end with `()`.
    pub path: String,
    /// The item as Rust declares it, with whole paths and without documentation.
    pub signature: String,
    /// The qualified wire name of the type or the operation it comes from; empty at the service
    /// root.
    pub owner: String,
    /// The member of the owner: the wire name of a property or a parameter, or a path segment.
    pub member: Option<String>,
    /// Whether it is deprecated.
    pub is_deprecated: bool,
}

/// How lines begin, in order. Lines that begin with none of these are fields and variants.
const BEGINNINGS: [&str; 6] =
    ["impl ", "pub const ", "pub enum ", "pub fn ", "pub static ", "pub struct "];

/// The lines of one item, each with its end.
#[derive(Default)]
struct Part {
    text: String,
    /// What each line begins with, and where it is; sorted, as the lines are.
    lines: Vec<(usize, Range<usize>)>,
}

impl Part {
    fn of(write: impl FnOnce(&mut Writer<'_>)) -> Self {
        let Self { mut text, mut lines } = Self::default();
        write(&mut Writer::new(&mut |found| {
            let start = text.len();
            text.push_str(found.signature);
            text.push_str(if found.is_deprecated { " #[deprecated]\n" } else { "\n" });
            let beginning = BEGINNINGS.iter().position(|one| found.signature.starts_with(one));
            lines.push((beginning.unwrap_or(BEGINNINGS.len()), start..text.len()));
        }));
        let line = |at: &Range<usize>| text.get(at.clone());
        lines.sort_unstable_by(|one, other| {
            one.0.cmp(&other.0).then_with(|| line(&one.1).cmp(&line(&other.1)))
        });
        Self { text, lines }
    }

    /// The lines that begin with one of the beginnings.
    fn lines(&self, beginning: usize) -> impl Iterator<Item = &str> {
        let start = self.lines.partition_point(|line| line.0 < beginning);
        let lines = self.lines[start..].iter().take_while(move |line| line.0 == beginning);
        lines.filter_map(|line| self.text.get(line.1.clone()))
    }
}

/// The text of `api.txt`: the mark of the generator, and one sorted line for each public item.
pub fn text(plan: &CratePlan) -> String {
    let mark = mark::of_api(&plan.command);
    let mut items = Vec::new();
    each_item(plan, &mut |module, item| {
        items.push((lines::path_of(module, item) + "::", module.to_vec(), item));
    });
    // Sorted items give long runs of sorted lines, which the sort below only puts together.
    items.sort_by(|one, other| one.0.cmp(&other.0));
    let of_items = items
        .par_iter()
        .map(|(_, module, item)| Part::of(|writer| lines::item_lines(writer, module, item)));
    let mut parts: Vec<Part> = of_items.collect();
    parts.push(Part::of(|writer| lines::root_lines(writer, plan)));
    let mut all: Vec<&str> = Vec::new();
    for beginning in 0..=BEGINNINGS.len() {
        all.extend(parts.iter().flat_map(|part| part.lines(beginning)));
    }
    all.sort();
    all.insert(0, &mark);
    all.concat()
}

/// The client and the free functions.
pub fn root(plan: &CratePlan) -> Vec<Line> {
    lines::root(plan)
}

/// Calls a function for each item of a plan, with the module that exports it.
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
