//! Which folder of the generator may know which: the `use` lines and paths of `src` against the rules.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // A test may panic.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::{Item, UseTree};

/// A folder of `src`, and the folders and modules of others that it may know.
const FOLDERS: &[(&str, &[&str])] = &[
    ("input", &[]),
    ("node", &["input"]),
    ("crate_plan", &["input"]),
    ("write", &["crate_plan", "input"]),
    ("review", &["crate_plan", "input"]),
    // The wings. None knows the other, nor what is done with its plan.
    ("odata", &["crate_plan", "input", "node"]),
    ("openapi", &["crate_plan", "input", "node"]),
    // The comparison of a wing makes changes by the rules of the review, which are data.
    ("odata::compare", &["review::change", "review::findings", "review::rule"]),
    ("openapi::compare", &["review::change", "review::findings", "review::rule"]),
];

/// These connect the folders and may know all of them.
const DOORS: &[&str] = &["builder", "cli", "files", "lib", "main", "pipeline", "snippet"];

/// The file of a folder that is a door as well, so that the files below it need not know what it knows.
const FILE_OF_FOLDER: &str = "review";

/// A path of a file: the names after `crate`.
type Names = Vec<String>;

fn is_colon(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(one)) if one.as_char() == ':')
}

/// What a file names.
#[derive(Debug, Default)]
struct Named {
    /// The paths from the crate root.
    paths: BTreeSet<Names>,
    /// The modules in separate files that are built only for tests.
    tests: BTreeSet<Names>,
}

/// The paths among the tokens of a module: those of `use` lines, of expressions, of types, and of what
/// macros are given. What is built for tests only may know everything.
fn of_tokens(tokens: &[TokenTree], module: &[String], found: &mut Named) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at = match token {
            TokenTree::Punct(one) if one.as_char() == '#' && is_for_tests(tokens.get(at + 1)) => {
                after_item(tokens, at + 2, module, found)
            }
            TokenTree::Ident(word) if word == "mod" => of_module(tokens, at, module, found),
            TokenTree::Ident(_) => of_name(tokens, at, module, found),
            TokenTree::Group(group) => {
                of_tokens(&inside(group), module, found);
                at + 1
            }
            _ => at + 1,
        };
    }
}

fn inside(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

fn is_for_tests(attribute: Option<&TokenTree>) -> bool {
    matches!(attribute, Some(TokenTree::Group(group))
        if group.stream().to_string().replace(' ', "") == "cfg(test)")
}

/// Where the item ends that begins at a position.
fn after_item(tokens: &[TokenTree], start: usize, module: &[String], found: &mut Named) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(one) => one.as_char() == ';',
        _ => false,
    };
    let length = tokens[start..].iter().position(ends).map_or(tokens.len() - start, |at| at + 1);
    if let [TokenTree::Ident(word), TokenTree::Ident(name), TokenTree::Punct(_)] =
        &tokens[start..start + length]
        && word == "mod"
    {
        found.tests.insert([module, &[name.to_string()]].concat());
    }
    start + length
}

/// A module with its items in the same file.
fn of_module(tokens: &[TokenTree], at: usize, module: &[String], found: &mut Named) -> usize {
    if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(items))) =
        (tokens.get(at + 1), tokens.get(at + 2))
    {
        of_tokens(&inside(items), &[module, &[name.to_string()]].concat(), found);
        return at + 3;
    }
    at + 1
}

/// A name, which may begin a path from the crate root.
fn of_name(tokens: &[TokenTree], at: usize, module: &[String], found: &mut Named) -> usize {
    let begins = is_colon(tokens.get(at + 1)) && is_colon(tokens.get(at + 2));
    let goes_on = at.checked_sub(1).is_some_and(|before| is_colon(tokens.get(before)));
    let start = match tokens[at].to_string().as_str() {
        _ if !begins || goes_on => return at + 1,
        "crate" => Vec::new(),
        "super" => module[..module.len().saturating_sub(1)].to_vec(),
        _ => return at + 1,
    };
    of_path(tokens, at + 3, start, &mut found.paths)
}

/// Takes the rest of a path, with the groups of a `use` line. What comes after it is at the position that
/// is returned.
fn of_path(
    tokens: &[TokenTree],
    mut at: usize,
    mut path: Names,
    found: &mut BTreeSet<Names>,
) -> usize {
    loop {
        match tokens.get(at) {
            Some(TokenTree::Ident(name)) => {
                match name.to_string().as_str() {
                    "super" => _ = path.pop(),
                    "self" => {}
                    other => path.push(other.to_owned()),
                }
                at += 1;
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let comma = |token: &TokenTree| matches!(token, TokenTree::Punct(one) if one.as_char() == ',');
                for part in inner.split(comma).filter(|part| !part.is_empty()) {
                    of_path(part, 0, path.clone(), found);
                }
                return at + 1;
            }
            _ => break,
        }
        if is_colon(tokens.get(at)) && is_colon(tokens.get(at + 1)) {
            at += 2;
        } else {
            break;
        }
    }
    found.insert(path);
    at
}

/// What the crate root calls by another name than its place: `pub use input::source` → `source` is
/// `input::source`.
fn at_the_root(library: &syn::File) -> BTreeMap<String, Names> {
    fn walk(tree: &UseTree, mut path: Names, found: &mut BTreeMap<String, Names>) {
        match tree {
            UseTree::Path(one) => {
                path.push(one.ident.to_string());
                walk(&one.tree, path, found);
            }
            UseTree::Name(one) => {
                path.push(one.ident.to_string());
                found.insert(one.ident.to_string(), path);
            }
            UseTree::Rename(one) => {
                path.push(one.ident.to_string());
                found.insert(one.rename.to_string(), path);
            }
            UseTree::Group(one) => {
                one.items.iter().for_each(|tree| walk(tree, path.clone(), found));
            }
            UseTree::Glob(_) => panic!("the crate root exports by name"),
        }
    }
    let mut found = BTreeMap::new();
    for item in &library.items {
        if let Item::Use(line) = item {
            walk(&line.tree, Vec::new(), &mut found);
        }
    }
    found
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn parsed(path: &Path) -> syn::File {
    syn::parse_file(&fs::read_to_string(path).unwrap())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files below a folder, by the module that each one is.
fn modules(folder: &Path, above: &[String], found: &mut BTreeMap<Names, PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let mut module = above.to_vec();
        if path.is_dir() {
            module.push(name);
            modules(&path, &module, found);
        } else if path.extension().is_some_and(|one| one == "rs") {
            if name != "mod" {
                module.push(name);
            }
            found.insert(module, path);
        }
    }
}

/// Whether a path is one of a module, or of what is in it.
fn is_in(path: &[String], module: &str) -> bool {
    let mut names = path.iter();
    module.split("::").all(|name| names.next().is_some_and(|one| one == name))
}

/// Whether the rules let the module know what a path names.
fn is_allowed(module: &[String], path: &[String]) -> bool {
    let mut rows = FOLDERS.iter().filter(|(folder, _)| is_in(module, folder));
    path[0] == module[0] || rows.any(|(_, known)| known.iter().any(|known| is_in(path, known)))
}

/// The arrows of a source tree that the rules forbid: the module, and the folder.
fn forbidden(
    files: &BTreeMap<Names, PathBuf>,
    root: &BTreeMap<String, Names>,
) -> BTreeSet<(String, String)> {
    let mut tests = BTreeSet::new();
    let mut found = BTreeSet::new();
    for (module, path) in files {
        let Some(first) = module.first().filter(|first| !DOORS.contains(&first.as_str())) else {
            continue;
        };
        if module.len() == 1 && first == FILE_OF_FOLDER {
            continue;
        }
        assert!(
            FOLDERS.iter().any(|(folder, _)| folder == first),
            "`{first}` has no row in FOLDERS"
        );
        let named = named(module, &fs::read_to_string(path).unwrap());
        tests.extend(named.tests);
        for names in named.paths.iter().filter(|names| !names.is_empty()) {
            let names = match root.get(&names[0]) {
                Some(place) => [place.as_slice(), &names[1..]].concat(),
                None => names.clone(),
            };
            if !is_allowed(module, &names) {
                found.insert((module.clone(), names[0].clone()));
            }
        }
    }
    found.retain(|(module, _)| !tests.iter().any(|test| module.starts_with(test)));
    found.into_iter().map(|(module, folder)| (module.join("::"), folder)).collect()
}

fn named(module: &[String], text: &str) -> Named {
    let tokens: TokenStream = text.parse().unwrap();
    let mut found = Named::default();
    of_tokens(&tokens.into_iter().collect::<Vec<_>>(), module, &mut found);
    found
}

#[test]
fn no_folder_knows_what_it_must_not() {
    let mut files = BTreeMap::new();
    modules(&source(), &[], &mut files);
    assert!(files.len() > 100, "{}", files.len());
    let found = forbidden(&files, &at_the_root(&parsed(&source().join("lib.rs"))));
    assert!(found.is_empty(), "these know folders that they must not: {found:#?}");
}

/// The paths of a text that is the file of a module.
fn paths(module: &str, text: &str) -> Vec<String> {
    let module: Names = module.split("::").map(str::to_owned).collect();
    named(&module, text).paths.into_iter().map(|names| names.join("::")).collect()
}

#[test]
fn paths_are_found_wherever_they_are() {
    for (text, expected) in [
        ("use crate::a::b;", vec!["a::b"]),
        ("use crate::{a::{self, b::C}, d as e};", vec!["a", "a::b::C", "d"]),
        (
            "pub use super::super::write::{emit, render as text};",
            vec!["write::emit", "write::render"],
        ),
        (
            "pub(super) fn f(x: &crate::a::B) -> super::C { crate::d::e::<crate::f::G>() }",
            vec!["a::B", "d::e", "f::G", "odata::C"],
        ),
        (
            "fn f() { let x = vec![crate::a::b!(super::c)]; use crate::g::*; }",
            vec!["a::b", "g", "odata::c"],
        ),
        ("mod inner { use super::super::super::review; }", vec!["review"]),
        ("#[cfg(test)] mod tests { use crate::a; } #[cfg(test)] use crate::b;", vec![]),
        ("#[cfg(test)] fn f() -> u8 { crate::a::b } #[cfg(not(test))] use crate::c;", vec!["c"]),
        ("/// [`x`](crate::a::x)\nfn f() {}", vec![]),
        ("use self::a::b; use std::c; fn f() -> d::e { a::b(c: d, e ::f) }", vec![]),
    ] {
        assert_eq!(paths("odata::plan", text), expected, "{text}");
    }
}

#[test]
fn the_rules_allow_and_forbid() {
    let names = |path: &str| -> Names { path.split("::").map(str::to_owned).collect() };
    for (module, path, allowed) in [
        ("odata::plan::table", "crate_plan::Item", true),
        ("odata::plan::table", "odata::edm", true),
        ("odata::plan::table", "write::emit", false),
        ("odata::plan::table", "review::change", false),
        ("odata::compare::keys", "review::change::Change", true),
        ("odata::compare::keys", "review::report", false),
        ("odata::compare::keys", "openapi::model", false),
        ("review::report", "odata::edm", false),
        ("crate_plan::api", "write::mark", false),
        ("input::config", "crate_plan", false),
        ("write::emit", "input::config", true),
        ("write::emit", "pipeline", false),
    ] {
        assert_eq!(is_allowed(&names(module), &names(path)), allowed, "{module} → {path}");
    }
}

#[test]
fn modules_of_tests_are_known_by_their_attribute() {
    let module = ["odata".to_owned()];
    let found = named(&module, "mod a;\n#[cfg(test)]\nmod tests;\n#[cfg(windows)]\nmod b;");
    assert_eq!(found.tests.into_iter().collect::<Vec<_>>(), [["odata", "tests"]]);
}
