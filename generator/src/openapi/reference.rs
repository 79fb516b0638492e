//! What a reference refers to.
//!
//! Enters: the text of a reference, and the location of the object that has it. Leaves: the location that
//! it refers to. Must not know: which objects may have references, what is referred to.
//!
//! What services write beyond the rules is resolved where it can mean only one thing, and is a violation.

use super::description::{Description, DocumentId, Location, Version};
use super::resources::ResourceId;
use super::uri::{Uri, without_fragment};
use super::walk::is_reference;
use crate::input::diagnostic::Diagnostic;
use crate::input::nearest::nearest;
use crate::input::source::Span;
use crate::node::{Kind, Node, Pointer};

/// What a reference refers to.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The location.
    pub location: Location,
    /// The rules that the reference breaks.
    pub findings: Vec<Diagnostic>,
    /// Whether it names a schema by `$dynamicAnchor`.
    is_dynamic: bool,
}

/// What a dynamic reference can refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dynamic {
    /// What it refers to unless a schema that uses this one has an anchor of the same name: the schema
    /// around it with the anchor, also one that has it in its `$defs`.
    pub target: Location,
    /// The schemas that have an anchor of the same name, in the order of the documents.
    pub others: Vec<Location>,
}

/// A document that was not given.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Missing {
    /// The location of the reference.
    pub from: Location,
    /// The address, as it is written.
    pub address: String,
    /// The address, in terms of the names of documents.
    pub uri: Uri,
}

/// The most references that are followed to find what one refers to.
const LONGEST_CHAIN: usize = 100;

impl Description {
    /// The location that a reference refers to, whatever rules the reference breaks.
    ///
    /// `from` is the object that has the reference, or the text itself.
    ///
    /// # Errors
    /// If there is nothing, or the reference is not one.
    pub fn resolve(&self, from: Location, reference: &str) -> Result<Location, Box<Diagnostic>> {
        self.look_up(from, reference).map(|resolved| resolved.location)
    }

    /// The location that a reference refers to, and the rules that the reference breaks.
    ///
    /// # Errors
    /// As for [`resolve`](Self::resolve).
    pub fn look_up(&self, from: Location, reference: &str) -> Result<Resolved, Box<Diagnostic>> {
        self.look_up_after(from, reference, &mut 0)
    }

    /// What a location refers to in the end, after all references that it is or refers to.
    ///
    /// # Errors
    /// If one of them cannot be resolved, or they go in a circle.
    pub fn target(&self, from: Location) -> Result<Location, Box<Diagnostic>> {
        let mut passed = vec![from];
        loop {
            let at = passed.last().copied().unwrap_or(from);
            let Some(text) = self.node(at).get("$ref").and_then(Node::text) else { return Ok(at) };
            let next = self.resolve(at, text)?;
            if passed.contains(&next) || passed.len() > LONGEST_CHAIN {
                return Err(Box::new(self.cycle(from, at)));
            }
            passed.push(next);
        }
    }

    /// What a dynamic reference (`$dynamicRef`) can refer to.
    ///
    /// # Errors
    /// As for [`resolve`](Self::resolve).
    pub fn dynamic(&self, from: Location, reference: &str) -> Result<Dynamic, Box<Diagnostic>> {
        let named = match without_fragment(reference).1 {
            Some(fragment) => self.resources.dynamic(fragment),
            None => &[],
        };
        let span = self.span(from);
        let is_around = |scope: Span| {
            scope.source == span.source && scope.start <= span.start && span.end <= scope.end
        };
        let around = named.iter().filter(|anchor| is_around(anchor.scope));
        let innermost = around.min_by_key(|anchor| anchor.scope.end - anchor.scope.start);
        let (is_dynamic, target) =
            match (self.look_up(from, reference), innermost.or(named.first())) {
                (Ok(resolved), _) if !resolved.is_dynamic => (false, resolved.location),
                (Ok(resolved), _) => {
                    (true, innermost.map_or(resolved.location, |one| one.location))
                }
                // Only the schemas that use this one know what it is.
                (Err(_), Some(anchor)) => (true, anchor.location),
                (Err(error), None) => return Err(error),
            };
        let others = named.iter().map(|anchor| anchor.location);
        let others = others.filter(|other| is_dynamic && *other != target).collect();
        Ok(Dynamic { target, others })
    }

    /// The document with an address, also if it is only nearly written as it should be.
    pub(super) fn document_at(&self, from: Location, address: &str) -> Option<DocumentId> {
        let found = self.resource(from, address);
        let found = found.or_else(|| self.resource(from, &address.replace('\\', "/")));
        found.map(|(resource, _)| self.resources.get(resource).root.document)
    }

    /// The document that a reference is to, if it was not given.
    pub fn missing(&self, from: Location, reference: &str) -> Option<Missing> {
        let (address, _) = without_fragment(reference);
        let is_given = address.is_empty() || self.resource(from, address).is_some();
        let name = self.resources.name(from.document);
        (!is_given).then(|| Missing { from, address: address.to_owned(), uri: name.join(address) })
    }

    /// The error for references that go in a circle.
    pub(super) fn cycle(&self, from: Location, back: Location) -> Diagnostic {
        let message = "the references go in a circle, so they refer to nothing";
        Diagnostic::error("reference-cycle", message)
            .at(self.place(from, None), "it begins here")
            .related(self.place(back, None), "this refers back into the circle")
            .help("replace one of the references with what is meant")
    }

    /// Where a reference is written: the text, if it can be found at the location.
    fn place(&self, from: Location, reference: Option<&str>) -> Span {
        let node = self.node(from);
        let text = match reference {
            Some(text) => node.members().map(|one| one.value).find(|one| one.text() == Some(text)),
            None => node.get("$ref"),
        };
        text.unwrap_or(node).span()
    }

    fn look_up_after(
        &self,
        from: Location,
        reference: &str,
        passed: &mut usize,
    ) -> Result<Resolved, Box<Diagnostic>> {
        let (address, fragment) = without_fragment(reference);
        let mut search = Search {
            description: self,
            from,
            reference,
            findings: Vec::new(),
            is_dynamic: false,
            passed,
        };
        let resource = match address.is_empty() {
            true => self.resources.of(from),
            false => search.resource(from, address)?,
        };
        let fragment = fragment.unwrap_or_default();
        let found = search.fragment(resource, fragment);
        let document = self.resources.of_document(from.document);
        let location = match found {
            Err(error) if address.is_empty() && resource != document => {
                let found = search.fragment(document, fragment).map_err(|_| error)?;
                search.violates(
                    "it is relative to the `$id` around it, where it refers to nothing; read as relative to the document",
                    "write the address of the document before `#`",
                );
                found
            }
            found => found?,
        };
        let Search { findings, is_dynamic, .. } = search;
        Ok(Resolved { location, findings, is_dynamic })
    }

    /// The resource with an address, and whether it has it only by the name of the document, in spite of
    /// the address that the document declares.
    fn resource(&self, from: Location, address: &str) -> Option<(ResourceId, bool)> {
        let resources = &self.resources;
        let declared = resources.get(resources.of(from)).uri.join(address);
        let by_name = resources.name(from.document).join(address);
        match resources.find(&declared) {
            Some(found) => Some((found, false)),
            None => resources.find(&by_name).map(|found| (found, true)),
        }
    }
}

/// The search for what one reference refers to.
struct Search<'s> {
    description: &'s Description,
    from: Location,
    reference: &'s str,
    findings: Vec<Diagnostic>,
    is_dynamic: bool,
    /// How many references were followed so far, also those on the way to this one.
    passed: &'s mut usize,
}

impl<'s> Search<'s> {
    fn place(&self) -> Span {
        self.description.place(self.from, Some(self.reference))
    }

    fn message(&self, why: impl std::fmt::Display) -> String {
        format!("the reference `{}` cannot be resolved: {why}", self.reference)
    }

    fn unresolved(&self, why: impl std::fmt::Display) -> Box<Diagnostic> {
        let error = Diagnostic::error("unresolved-reference", self.message(why));
        Box::new(error.at(self.place(), "this refers to nothing"))
    }

    fn violates(&mut self, why: &str, help: &str) {
        let message = format!("the reference `{}` breaks a rule: {why}", self.reference);
        let finding = Diagnostic::violation("reference-syntax", message);
        self.findings.push(finding.at(self.place(), "resolved all the same").help(help));
    }

    /// The resource with the address of the reference.
    fn resource(&mut self, from: Location, address: &str) -> Result<ResourceId, Box<Diagnostic>> {
        let description = self.description;
        if let Some((found, is_by_name)) = description.resource(from, address) {
            if is_by_name {
                self.violates(
                    "by the address that the document declares it refers to nothing; read as relative to its file",
                    "correct `$self` or `$id`, or write the whole address",
                );
            }
            return Ok(found);
        }
        if address.contains('\\') {
            let slashed = address.replace('\\', "/");
            if let Some((found, _)) = description.resource(from, &slashed) {
                self.violates("it has a backslash", "write `/`");
                return Ok(found);
            }
        }
        Err(self.missing_document(from, address))
    }

    fn missing_document(&self, from: Location, address: &str) -> Box<Diagnostic> {
        let resources = &self.description.resources;
        let uri = resources.name(from.document).join(address);
        let given: Vec<String> = resources.names().map(ToString::to_string).collect();
        let shown = uri.to_string();
        let message = self.message(format!("there is no document `{uri}`"));
        let error = Diagnostic::error("missing-document", message)
            .at(self.place(), "this document was not given");
        let components = self.components(from, address);
        let may_search = self.description.may_search();
        let near = may_search.then(|| near_file(&shown, &given)).flatten();
        Box::new(match (components, near) {
            (Some(pointer), _) => error.help(format!("write `{pointer}` for the component")),
            (None, Some(name)) => error.help(format!("there is `{name}`")),
            (None, None) => error.help(format!(
                "give `{uri}` too: with `--schema` or `files` under [source]; `schemacrate fetch` saves a document with all that it refers to"
            )),
        })
    }

    /// The reference to a component whose name was written in place of a reference.
    fn components(&self, from: Location, name: &str) -> Option<String> {
        let document = self.description.document(from.document);
        let folder = folder_of_schemas(document.version);
        let pointer: Pointer = folder.parse().ok()?;
        let schemas = document.tree.at(&pointer).ok()?;
        schemas.get(name).map(|_| format!("#{}", pointer.with(name).fragment()))
    }

    /// What a fragment refers to.
    fn fragment(
        &mut self,
        resource: ResourceId,
        fragment: &str,
    ) -> Result<Location, Box<Diagnostic>> {
        let root = self.description.resources.get(resource).root;
        if fragment.is_empty() {
            return Ok(root);
        }
        // As nearly all references are written.
        if let Some(steps) = fragment.strip_prefix('/').filter(|steps| !steps.contains(['%', '~']))
        {
            let node = self.description.node(root);
            if let Some(found) = steps.split('/').try_fold(node, Node::step) {
                return Ok(root.with(found));
            }
        }
        let decoded = Pointer::of_fragment(fragment);
        if !fragment.starts_with('/') && decoded.is_err() {
            return self.anchor(resource, fragment);
        }
        let error = match &decoded {
            Ok(pointer) => match self.pointer(root, pointer) {
                Err(error) => error,
                found => return found,
            },
            Err(why) => self.unresolved(why),
        };
        // Or else the name itself has a `%`.
        match fragment.parse::<Pointer>() {
            Ok(plain) if decoded.as_ref() != Ok(&plain) => {
                let before = self.findings.len();
                let found = self.pointer(root, &plain).map_err(|_| error)?;
                self.findings.truncate(before);
                self.violates("`%` in a name is written `%25`", "write `%25`");
                Ok(found)
            }
            _ => Err(error),
        }
    }

    fn anchor(&mut self, resource: ResourceId, name: &str) -> Result<Location, Box<Diagnostic>> {
        let resources = &self.description.resources;
        if let Some(anchor) = resources.anchored(resource, name) {
            self.is_dynamic = anchor.is_dynamic;
            return Ok(anchor.location);
        }
        let root = resources.get(resource).root;
        let version = self.description.document(root.document).version;
        let error = self.unresolved(format!("there is no anchor `{name}`"));
        // Without the slash before it, a pointer looks like an anchor.
        let slashed = Pointer::of_fragment(&format!("/{name}"));
        if slashed.is_ok_and(|pointer| self.description.node(root).at(&pointer).is_ok()) {
            return Err(Box::new(error.help(format!("write `#/{name}`"))));
        }
        if let Some(pointer) = self.components(root, name) {
            return Err(Box::new(error.help(format!("write `{pointer}` for the component"))));
        }
        let anchors = resources.anchors(resource);
        let near = self.description.may_search().then(|| nearest(name, anchors)).flatten();
        Err(Box::new(match near {
            Some(near) => error.help(format!("there is `{near}`")),
            None if version.has_json_schema() => {
                error.help("a JSON pointer begins with `#/`; an anchor is declared with `$anchor`")
            }
            None => error.help("before 3.1 there are no anchors; a JSON pointer begins with `#/`"),
        }))
    }

    /// What a pointer refers to.
    fn pointer(&mut self, root: Location, pointer: &Pointer) -> Result<Location, Box<Diagnostic>> {
        let steps = pointer.steps();
        let (mut at, mut done) = (root, 0);
        while let Some(step) = steps.get(done) {
            let node = self.description.node(at);
            if let Some(next) = node.step(step) {
                (at, done) = (at.with(next), done + 1);
            } else if let Some((next, count)) = unescaped(node, &steps[done..]) {
                self.violates("`/` in a name is written `~1`", "write `~1`");
                (at, done) = (at.with(next), done + count);
            } else if is_reference(node) {
                at = self.through(at)?;
            } else {
                return Err(self.not_found(node, pointer, done));
            }
        }
        Ok(at)
    }

    /// Goes on where a reference on the way refers to.
    fn through(&mut self, at: Location) -> Result<Location, Box<Diagnostic>> {
        let description = self.description;
        let text = description.node(at).get("$ref").and_then(Node::text).unwrap_or_default();
        *self.passed += 1;
        if *self.passed > LONGEST_CHAIN {
            return Err(Box::new(description.cycle(at, at)));
        }
        let inner = description.look_up_after(at, text, &mut *self.passed)?;
        let is_reported = self.findings.iter().any(|one| one.code == "reference-through-reference");
        if !is_reported {
            let message = format!(
                "the reference `{}` goes on in what another reference refers to",
                self.reference
            );
            self.findings.push(
                Diagnostic::violation("reference-through-reference", message)
                    .at(self.place(), "resolved all the same")
                    .related(description.place(at, None), "this is the other reference")
                    .help("refer to the place itself"),
            );
        }
        Ok(inner.location)
    }

    fn not_found(&self, node: Node<'_>, pointer: &Pointer, step: usize) -> Box<Diagnostic> {
        let missing = crate::node::pointer::Missing { step, in_node: node };
        let error = self.unresolved(missing.reason(pointer));
        let name = pointer.steps().get(step).map_or("", String::as_str);
        let is_last = step + 1 == pointer.steps().len();
        if name.is_empty() && is_last && step > 0 {
            return Box::new(error.help("leave out the `/` at the end"));
        }
        let names = node.members().map(|member| member.name);
        if let Some(near) = self.description.may_search().then(|| nearest(name, names)).flatten() {
            return Box::new(error.help(format!("there is `{near}`")));
        }
        Box::new(match node.kind() {
            Kind::Object(_) => error.help("names are case-sensitive; add it, or correct the name"),
            _ => error.help("correct the reference, or the value to which it goes"),
        })
    }
}

/// The member whose name is several steps of a pointer, in which `/` was not escaped.
fn unescaped<'t>(node: Node<'t>, steps: &[String]) -> Option<(Node<'t>, usize)> {
    /// The most steps of one name. A path of an API has fewer.
    const MOST: usize = 32;
    if !node.is_object() {
        return None;
    }
    let counts = 2..=steps.len().min(MOST);
    counts.rev().find_map(|count| Some((node.get(&steps[..count].join("/"))?, count)))
}

/// The document that was probably meant: its file is in another folder, ends otherwise, or has nearly the
/// same name.
fn near_file<'n>(missing: &str, given: &'n [String]) -> Option<&'n String> {
    fn file(path: &str) -> &str {
        path.rsplit('/').next().unwrap_or_default()
    }
    fn stem(path: &str) -> &str {
        let file = file(path);
        file.rsplit_once('.').map_or(file, |(stem, _)| stem)
    }
    let same_file = given.iter().find(|name| file(name) == file(missing));
    let same_stem = || given.iter().find(|name| stem(name) == stem(missing));
    same_file.or_else(same_stem).or_else(|| {
        let near = nearest(stem(missing), given.iter().map(|name| stem(name)))?;
        given.iter().find(|name| stem(name) == near)
    })
}

/// The pointer to the object of all schemas that are components.
fn folder_of_schemas(version: Version) -> &'static str {
    match version {
        Version::V20 => "/definitions",
        Version::V30 | Version::V31 | Version::V32 => "/components/schemas",
    }
}

#[cfg(test)]
mod tests;
