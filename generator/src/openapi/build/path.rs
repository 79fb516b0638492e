//! Paths, webhooks and callbacks, and the operations of each.

use super::Builder;
use super::fields::Fields;
use super::parts::Asked;
use crate::input::source::Span;
use crate::node::Node;
use crate::openapi::description::Version;
use crate::openapi::model::{Callback, Id, Method, Path, PathItem, Server, Webhook, Words};
use rustc_hash::FxHashSet;

/// The most path items that refer to each other, one after the other.
const LONGEST_CHAIN: usize = 100;

impl<'d> Builder<'d> {
    pub(super) fn paths(&mut self, root: Fields<'d>) -> Vec<Path> {
        let members = root.members("paths").filter(|(name, _)| !name.text.starts_with("x-"));
        let path = |(mut template, of): (Words, Fields<'d>)| {
            let item = self.item_at(of)?;
            // What lacks the slash is reported, and read as if it had it.
            if !template.text.starts_with('/') {
                template.text.insert(0, '/');
            }
            Some(Path { template, item })
        };
        members.filter_map(path).collect()
    }

    pub(super) fn webhooks(&mut self, root: Fields<'d>) -> Vec<Webhook> {
        let older = root.members("x-webhooks").filter(|(name, _)| !name.text.starts_with("x-"));
        let hook =
            |(name, of): (Words, Fields<'d>)| Some(Webhook { name, item: self.item_at(of)? });
        root.members("webhooks").chain(older).filter_map(hook).collect()
    }

    /// A path item, which may refer to another one. One that only refers is the other one.
    fn item_at(&mut self, of: Fields<'d>) -> Option<Id<PathItem>> {
        let mut at = of;
        for _ in 0..LONGEST_CHAIN {
            let is_alone = at.node.members().all(|member| member.name == "$ref");
            match self.next_item(at) {
                Some(next) if is_alone => at = next,
                _ => break,
            }
        }
        at.node.is_object().then(|| self.items.ask(Asked { at: at.at, over: None, context: () }))
    }

    /// The path item to which one refers.
    fn next_item(&self, of: Fields<'d>) -> Option<Fields<'d>> {
        let text = of.node.get("$ref").and_then(Node::text)?;
        let next = self.fields(self.description.resolve(of.at, text).ok()?);
        (next.node.is_object() && next.at != of.at).then_some(next)
    }

    /// A path item, and those that it refers to.
    fn chain(&self, of: Fields<'d>) -> Vec<Fields<'d>> {
        let mut chain = vec![of];
        while let Some(next) = chain.last().and_then(|last| self.next_item(*last)) {
            if chain.len() >= LONGEST_CHAIN || chain.iter().any(|one| one.at == next.at) {
                break;
            }
            chain.push(next);
        }
        chain
    }

    pub(super) fn item(&mut self, asked: Asked) -> PathItem {
        let of = self.fields(asked.at);
        let chain = self.chain(of);
        let id = self.items.ask(asked);
        let declared = self.declared(&chain);
        let mut operations = Vec::new();
        let mut known: FxHashSet<String> = FxHashSet::default();
        for (method, span, of) in chain.iter().flat_map(|of| methods(*of)) {
            if known.insert(method.name().to_owned()) {
                operations.push(self.operation(of, id, (method, span), &declared));
            }
        }
        let (parameters, left_out) = self.shared_parameters(&declared);
        let words = |name| chain.iter().find_map(|of| of.words(name));
        PathItem {
            location: asked.at,
            component: self.component(asked.at),
            summary: words("summary"),
            description: words("description"),
            operations,
            parameters,
            left_out,
            servers: self.first_servers(&chain),
            extensions: chain.iter().flat_map(|of| of.extensions()).collect(),
        }
    }

    fn first_servers(&self, chain: &[Fields<'d>]) -> Vec<Server> {
        let later = chain.iter().filter(|of| of.version != Version::V20);
        later.map(|of| self.servers(*of)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    pub(super) fn callback(&mut self, asked: Asked) -> Callback {
        let of = self.fields(asked.at);
        let members = of.own_members().filter(|(name, _)| !name.text.starts_with("x-"));
        let requests = members.filter_map(|(name, of)| Some((name, self.item_at(of)?))).collect();
        Callback {
            location: asked.at,
            component: self.component(asked.at),
            requests,
            extensions: of.extensions(),
        }
    }
}

/// The operations of a path item, with their methods.
fn methods<'d>(of: Fields<'d>) -> Vec<(Method, Span, Fields<'d>)> {
    let mut found: Vec<(Method, Span, Fields<'d>)> = Vec::new();
    for (name, inner) in of.own_members().filter(|(_, inner)| inner.node.is_object()) {
        if let Some(method) = Method::of_field(&name.text) {
            found.push((method, name.span, inner));
        } else if name.text == "additionalOperations" {
            let others = inner.own_members().filter(|(_, of)| of.node.is_object());
            found.extend(others.map(|(name, of)| {
                let span = name.span;
                (method_of(name), span, of)
            }));
        }
    }
    // Of an operation that refers to nothing, which is reported, nothing is known.
    let followed = found.into_iter().map(|(method, span, of)| (method, span, of.followed()));
    followed.filter(|(.., of)| of.node.get("$ref").and_then(Node::text).is_none()).collect()
}

/// A method as it is sent, in capitals.
fn method_of(name: Words) -> Method {
    let lower = name.text.to_ascii_lowercase();
    let is_capital = lower.to_ascii_uppercase() == name.text;
    match Method::of_field(&lower).filter(|_| is_capital) {
        Some(method) => method,
        None => Method::Other(name),
    }
}
