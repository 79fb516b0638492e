//! The public items of a generated crate, one line each.
//!
//! Enters: a [`CratePlan`]. Leaves: [`Line`]s: the Rust path of each public item, its signature,
//! and the schema element it comes from. They are the text of `api.txt`, and what the
//! [diff](crate::diff) of two crates compares.
//! Must not know: code, how a line is judged.

mod lines;
mod signature;

pub use lines::lines;

use crate::plan::{CratePlan, File, Item, Module};
use rayon::prelude::*;

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

/// The text of `api.txt`: one sorted line for each public item.
pub fn text(plan: &CratePlan) -> String {
    let mut items = Vec::new();
    each_item(plan, &mut |module, item| items.push((module.to_vec(), item)));
    let of_items = items.into_par_iter().map(|(module, item)| shown(lines(&module, item)));
    let mut parts: Vec<String> = of_items.collect();
    parts.push(shown(root(plan)));
    let mut all: Vec<&str> = parts.iter().flat_map(|part| part.split_terminator('\n')).collect();
    all.par_sort_unstable();
    // The end of the last line.
    all.push("");
    all.join("\n")
}

/// The lines of `api.txt`.
fn shown(lines: Vec<Line>) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(&line.signature);
        text.push_str(if line.is_deprecated { " #[deprecated]\n" } else { "\n" });
    }
    text
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
