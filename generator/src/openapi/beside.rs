//! The files that documents refer to, by their names relative to the document that has the reference.
//!
//! Enters: the documents of a session. Leaves: the names of files that were not given, to be added before
//! the documents are read. Must not know: which of them exist.
//!
//! A file is only named if its name ends like that of a document: what cannot be read as one would be
//! shown in an error, and a document must not decide which files of a machine are shown. So it is for a link
//! to a file ([`is_name_of_document`]).

use super::description::Version;
use super::read::{Parsed, parse, version};
use super::references::references;
use super::uri::{Uri, without_fragment};
use crate::input::diagnostic::Diagnostics;
use crate::input::session::Session;
use crate::input::source::SourceId;
use rustc_hash::FxHashSet;

/// How the names of documents end.
const ENDINGS: [&str; 3] = [".json", ".yaml", ".yml"];

/// What has been looked at so far.
#[derive(Default)]
pub(crate) struct Beside {
    known: FxHashSet<Uri>,
    /// The version of the first document.
    version: Option<Version>,
    /// How many documents of the session have been looked at.
    documents: usize,
}

impl Beside {
    /// The files to which the documents refer that have been added since the last call, in the order of the
    /// references.
    pub(crate) fn next(&mut self, session: &mut Session) -> Vec<String> {
        let texts = session.documents.iter().map(|id| &session.sources.get(*id).text);
        // Most documents refer to no file, and need not be read for this.
        if self.documents == 0 && !texts.into_iter().any(|text| has_reference_to_file(text)) {
            return Vec::new();
        }
        let new = session.documents[self.documents..].to_vec();
        let names = new.iter().map(|id| &session.sources.get(*id).name);
        self.known.extend(names.map(|name| Uri::of_name(name)));
        let found: Vec<Uri> = new.into_iter().flat_map(|id| self.files(session, id)).collect();
        self.documents = session.documents.len();
        let new = found.into_iter().filter(|one| self.known.insert(one.clone()));
        new.map(|one| one.to_string()).collect()
    }

    /// The files to which a document refers. What was parsed stays in the session, which reads the document
    /// later; only then it is reported what is wrong with it.
    fn files(&mut self, session: &mut Session, id: SourceId) -> Vec<Uri> {
        let base = Uri::of_name(&session.sources.get(id).name);
        let parsed = parse(&session.sources, id);
        let root = parsed.as_ref().ok().map(|read| read.tree.root());
        let version =
            root.and_then(|root| version(root, self.version, &mut Diagnostics::default()).ok());
        self.version = self.version.or(version);
        let found = root.zip(version).map(|(root, version)| references(root, version));
        let certain = found.into_iter().flatten().filter(|one| one.is_certain);
        let files = certain.filter_map(|one| file(&base, one.text.text()?)).collect();
        session.keep::<Parsed>(id, parsed);
        files
    }
}

/// The file that a reference names, if it is relative.
fn file(base: &Uri, reference: &str) -> Option<Uri> {
    let (address, _) = without_fragment(reference);
    let address = address.replace('\\', "/");
    if address.is_empty() || Uri::parse(&address).is_absolute() {
        return None;
    }
    let file = base.join(&address);
    is_name_of_document(file.path()).then_some(file)
}

/// Whether the path of a file ends like that of a document.
pub(crate) fn is_name_of_document(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// Whether a reference in a text may be to a file. Most documents have none, so they need not be parsed.
fn has_reference_to_file(text: &str) -> bool {
    text.match_indices("$ref").any(|(at, name)| {
        let rest = text[at + name.len()..].trim_start_matches(['"', '\'']).trim_start();
        let value = rest.strip_prefix(':').map(str::trim_start);
        value.is_some_and(|value| !value.trim_start_matches(['"', '\'']).starts_with('#'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(documents: &[(&str, &str)]) -> Vec<String> {
        let mut session = Session::new();
        for (name, text) in documents {
            session.add(*name, text.as_bytes()).expect("a document");
        }
        Beside::default().next(&mut session)
    }

    #[test]
    fn references_name_files_relative_to_their_document() {
        let api = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\ncomponents:\n  schemas:\n    A: \
                   {$ref: 'parts/a.yaml#/A'}\n    B: {$ref: ../b.json}\n    C: {$ref: './parts/a.yaml'}\n    D: \
                   {$ref: '#/components/schemas/A'}\n    E: {$ref: given.yml}\n";
        let found = beside(&[("folder/api.yaml", api), ("folder/given.yml", "E: {}")]);
        assert_eq!(found, ["folder/parts/a.yaml", "b.json"]);
    }

    #[test]
    fn nothing_else_is_named() {
        for reference in [
            "https://example.com/a.yaml",
            "//example.com/a.yaml",
            "/etc/a.yaml",
            "file:///etc/a.yaml",
            "../secrets.env",
            "parts",
            "#/components/schemas/B",
        ] {
            let api = format!(
                "openapi: 3.1.0\ninfo: {{title: a, version: '1'}}\ncomponents: {{schemas: {{A: {{$ref: '{reference}'}}}}}}\n"
            );
            assert_eq!(beside(&[("api.yaml", &api)]), Vec::<String>::new(), "{reference}");
        }
        let example = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\ncomponents: {schemas: {A: {default: {$ref: a.yaml}}}}\n";
        assert_eq!(beside(&[("api.yaml", example)]), Vec::<String>::new());
    }

    #[test]
    fn only_new_documents_are_looked_at() {
        let mut session = Session::new();
        let part = b"A: {properties: {b: {$ref: c.yaml}}}";
        session.add("api.json", br#"{"openapi":"3.1.0","info":{"title":"a","version":"1"},"components":{"schemas":{"A":{"$ref":"b.yaml#/A"}}}}"#).expect("a document");
        let mut beside = Beside::default();
        assert_eq!(beside.next(&mut session), ["b.yaml"]);
        session.add("b.yaml", part).expect("a document");
        assert_eq!(beside.next(&mut session), ["c.yaml"]);
        assert_eq!(beside.next(&mut session), Vec::<String>::new());
    }

    #[test]
    fn what_was_parsed_is_read() {
        let mut session = Session::new();
        let api = "openapi: 3.1.0\ninfo: {title: a, title: b, version: '1'}\ncomponents: {schemas: {A: {$ref: b.yaml}}}\n";
        let id = session.add("api.yaml", api.as_bytes()).expect("a document");
        assert_eq!(Beside::default().next(&mut session), ["b.yaml"]);
        // Another tree than that of the text shows that the text is not read again.
        let parsed = session.take::<Parsed>(id).expect("kept").expect("a tree");
        assert_eq!(parsed.repeated.len(), 1);
        let other = session.source(
            "b.yaml".to_owned(),
            b"openapi: 3.1.0\ninfo: {title: c, version: '1'}\npaths: {}",
        );
        let other = parse(&session.sources, other.expect("a document"));
        session.keep(id, other);
        assert!(session.api(crate::input::config::Unresolved::Error).is_ok());
        assert!(session.take::<Parsed>(id).is_none());
    }
}
