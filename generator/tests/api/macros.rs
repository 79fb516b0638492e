//! What the macros of the runtime add to a generated item, from their definitions.
//!
//! Enters: the sources of the runtime, and a call of a macro. Leaves: the items that the call becomes.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use std::collections::BTreeMap;
use std::path::Path;
use syn::{Attribute, Item, ItemMacro, Meta};

/// An arm of a macro: the names of what it takes, and what it becomes.
struct Arm {
    parameters: Vec<String>,
    body: TokenStream,
}

/// The macros of the runtime by name.
pub(crate) struct Macros {
    arms: BTreeMap<String, Vec<Arm>>,
}

impl Macros {
    /// Reads the definitions.
    pub(crate) fn of_runtime() -> Self {
        let mut macros = Self { arms: BTreeMap::new() };
        macros.read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src"));
        macros
    }

    fn read(&mut self, folder: &Path) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                self.read(&path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for item in syn::parse_file(&text).unwrap().items {
                match item {
                    Item::Macro(one) if is_exported(&one.attrs) => self.add(&one),
                    _ => {}
                }
            }
        }
    }

    fn add(&mut self, item: &ItemMacro) {
        let name = item.ident.as_ref().unwrap().to_string();
        let arms = self.arms.entry(name).or_default();
        let mut tokens = item.mac.tokens.clone().into_iter();
        while let Some(pattern) = tokens.next() {
            let TokenTree::Group(pattern) = pattern else { continue };
            let body = tokens.find_map(|token| match token {
                TokenTree::Group(body) => Some(body),
                _ => None,
            });
            arms.push(Arm {
                parameters: parameters(pattern.stream()),
                body: body.unwrap().stream(),
            });
        }
    }

    /// The items that a call of a macro becomes, without calls.
    pub(crate) fn expand(&self, call: &syn::Macro) -> Vec<Item> {
        let name = call.path.segments.last().unwrap().ident.to_string();
        let arguments = split(call.tokens.clone());
        let arms = self.arms.get(&name).unwrap_or_else(|| panic!("the macro {name}"));
        let arm = arms.iter().find(|arm| arm.parameters.len() == arguments.len());
        let arm = arm.unwrap_or_else(|| panic!("an arm of {name} for {}", call.tokens));
        let given = arm.parameters.iter().cloned().zip(arguments).collect();
        let tokens = substituted(arm.body.clone(), &given);
        let items = syn::parse2::<syn::File>(tokens).unwrap().items;
        let expanded = items.into_iter().flat_map(|item| match item {
            Item::Macro(inner) => self.expand(&inner.mac),
            item => vec![item],
        });
        expanded.collect()
    }
}

/// Whether a macro is exported when the runtime has all its features.
fn is_exported(attributes: &[Attribute]) -> bool {
    let has = |name: &str| attributes.iter().any(|one| one.path().is_ident(name));
    let is_left_out = attributes.iter().any(|one| {
        let condition = match &one.meta {
            Meta::List(list) if list.path.is_ident("cfg") => list.tokens.to_string(),
            _ => return false,
        };
        condition.starts_with("not")
    });
    has("macro_export") && !is_left_out
}

/// The names before the colons, `$type:ident, $object:ty`, and the words that are not parameters.
fn parameters(pattern: TokenStream) -> Vec<String> {
    let name = |one: TokenStream| one.into_iter().find(|token| !is_punctuation(token, '$'));
    split(pattern).into_iter().filter_map(name).map(|name| name.to_string()).collect()
}

/// Arguments at their commas. What is between `<` and `>` is not a group, but has no comma either where
/// the generator calls a macro.
fn split(tokens: TokenStream) -> Vec<TokenStream> {
    let mut arguments = vec![TokenStream::new()];
    for token in tokens {
        if is_punctuation(&token, ',') {
            arguments.push(TokenStream::new());
        } else {
            arguments.last_mut().unwrap().extend([token]);
        }
    }
    arguments
}

fn is_punctuation(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(one) if one.as_char() == character)
}

/// The body of an arm with what is given for its parameters.
fn substituted(body: TokenStream, given: &BTreeMap<String, TokenStream>) -> TokenStream {
    let mut written = TokenStream::new();
    let mut tokens = body.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            token if is_punctuation(&token, '$') => {
                let name = tokens.next().unwrap().to_string();
                match given.get(&name) {
                    Some(tokens) => written.extend(tokens.clone()),
                    None if name == "crate" => {
                        written.extend(quote!(::schemacrate_runtime));
                    }
                    None => panic!("the parameter {name}"),
                }
            }
            TokenTree::Group(group) => {
                let inner = substituted(group.stream(), given);
                let delimiter = group.delimiter();
                assert_ne!(delimiter, Delimiter::None, "groups of a macro are written");
                written.extend([TokenTree::Group(Group::new(delimiter, inner))]);
            }
            token => written.extend([token]),
        }
    }
    written
}
