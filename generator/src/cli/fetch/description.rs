//! An OpenAPI document, with everything that it refers to.
//!
//! A reference finds a document by its place beside others. So the place of a document is the reference,
//! resolved against the place of the document that has it, and its content comes from the reference,
//! resolved against the address of that document. Nothing is written before all documents are there.

use super::super::saved::{Saved, record_of};
use super::super::{Force, Outcome, Terminal, shown};
use super::download::{Download, Page};
use super::place::{Layout, file_name};
use reqwest::Url;
use schemacrate::diagnostic::Diagnostics;
use schemacrate::internals::openapi::{
    self, Description, DocumentId, Location, Uri, without_fragment,
};
use schemacrate::source::SourceMap;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::process::ExitCode;

/// The documents that are saved.
pub(super) struct Saving {
    layout: Layout,
    download: Download,
    /// The most documents.
    most: usize,
    sources: SourceMap,
    description: Description,
    /// The documents by their names in the folder, also those that are still to come.
    known: BTreeMap<String, Url>,
    open: VecDeque<Wanted>,
    pages: Vec<(String, Page)>,
    errors: Vec<String>,
}

/// A document to ask for.
struct Wanted {
    /// Its name in the folder.
    name: String,
    url: Url,
    /// Whether what refers to it can be nothing but a reference.
    is_certain: bool,
}

/// The most errors that are shown.
const SHOWN: usize = 20;

impl Saving {
    pub(super) fn new(layout: Layout, download: Download, most: usize) -> Self {
        Self {
            layout,
            download,
            most,
            sources: SourceMap::new(),
            description: Description::new(),
            known: BTreeMap::new(),
            open: VecDeque::new(),
            pages: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// Saves the first document and all others.
    pub(super) fn run(mut self, first: Page, force: Force, terminal: Terminal) -> Outcome {
        let name = self.layout.first().to_owned();
        self.known.insert(name.clone(), first.url.clone());
        self.add(name, first);
        while let Some(wanted) = self.open.pop_front() {
            self.fetch(wanted);
        }
        self.check(force, terminal);
        if !self.errors.is_empty() {
            let more = self.errors.len().saturating_sub(SHOWN);
            self.errors.truncate(SHOWN);
            if more > 0 {
                self.errors.push(format!("… and {more} more"));
            }
            self.errors.push("error: nothing was written".to_owned());
            return Err(self.errors.join("\n"));
        }
        self.write(force, terminal)
    }

    fn fetch(&mut self, wanted: Wanted) {
        let Wanted { name, url, is_certain } = wanted;
        let saved = Saved::at(&self.layout.file(&name));
        let answer = self.download.get(&url, saved.tag());
        match answer.and_then(|answer| answer.or_saved(&saved)) {
            Ok(page) => self.add(name, page),
            Err(error) if is_certain => self.errors.push(error),
            Err(_) => {}
        }
    }

    /// Reads a document, and asks for those to which it refers.
    fn add(&mut self, name: String, page: Page) {
        let mut diagnostics = Diagnostics::default();
        let source = match self.sources.add(&name, &page.bytes) {
            Ok(source) => source,
            Err(unreadable) => return self.errors.push(format!("error: {unreadable}")),
        };
        let added =
            openapi::add_document(&mut self.description, &self.sources, source, &mut diagnostics);
        match added {
            Some(id) => {
                self.follow(id, &page.url);
                self.pages.push((name, page));
            }
            None => self.errors.push(format!(
                "{}error: {} sent something else than OpenAPI",
                diagnostics.render(&self.sources, false),
                page.url
            )),
        }
    }

    /// Asks for the documents to which a document refers.
    fn follow(&mut self, id: DocumentId, url: &Url) {
        let document = self.description.document(id);
        let mut wanted: BTreeMap<String, bool> = BTreeMap::new();
        let mut there: BTreeSet<String> = BTreeSet::new();
        for found in openapi::references(document.tree.root(), document.version) {
            let from = Location { document: id, node: found.object.id() };
            let text = found.text.text().unwrap_or_default();
            match self.description.missing(from, text) {
                Some(missing) => *wanted.entry(missing.address).or_default() |= found.is_certain,
                None if found.is_certain => _ = there.insert(without_fragment(text).0.to_owned()),
                None => {}
            }
        }
        let name = document.name.clone();
        for address in there {
            self.expect_same(&name, url, &address);
        }
        for (address, is_certain) in wanted {
            match self.place(&name, url, &address) {
                Ok((name, url)) => self.want(Wanted { name, url, is_certain }),
                Err(error) if is_certain => {
                    self.errors.push(format!("error: {url} refers to `{address}`, {error}"));
                }
                Err(_) => {}
            }
        }
    }

    /// Makes sure that the document that a reference finds by its name is the one at its address: another
    /// one may have been given the name.
    fn expect_same(&mut self, from: &str, url: &Url, address: &str) {
        if address.is_empty() {
            return;
        }
        let Ok((name, target)) = self.place(from, url, address) else { return };
        let Some(known) = self.known.get(&name) else { return };
        // After a redirect a document has two addresses.
        let page = self.pages.iter().find(|(one, _)| *one == name).map(|(_, page)| &page.url);
        let is_own = name == from && target == *url;
        if *known != target && page != Some(&target) && !is_own {
            self.errors.push(format!("error: {known} and {target} would both be {name}"));
        }
    }

    /// The place and the address of what a document refers to.
    fn place(&self, from: &str, url: &Url, address: &str) -> Result<(String, Url), String> {
        let mut target =
            url.join(address).map_err(|error| format!("which is not a URL: {error}"))?;
        target.set_fragment(None);
        if !matches!(target.scheme(), "http" | "https") {
            return Err("which is at neither an http nor an https address".to_owned());
        }
        if !self.download.is_allowed(&target) {
            return Err("which is on another host; add --other-hosts to save it too".to_owned());
        }
        let local = match Uri::parse(address).is_absolute() {
            true if self.layout.has_hosts => Uri::of_name(
                &file_name(&Uri::parse(target.as_str()).place_of_copy()).map_err(bare)?,
            ),
            true => return Err(format!("which is not relative to it; {FOLDER}")),
            false => Uri::of_name(from).join(address),
        };
        if local.is_above() {
            return Err(format!("which is above its folder; {FOLDER}"));
        }
        Ok((file_name(local.path()).map_err(bare)?, target))
    }

    fn want(&mut self, wanted: Wanted) {
        let mut known = self.known.iter();
        if let Some((name, url)) = known.find(|(_, url)| **url == wanted.url)
            && *name != wanted.name
        {
            // Its schemas would be there twice, as different ones.
            if wanted.is_certain {
                self.errors.push(format!(
                    "error: {url} would be {name}, and also {}; name it so with --out, or name a folder (--out DIR/)",
                    wanted.name
                ));
            }
            return;
        }
        match self.known.get(&wanted.name) {
            Some(url) if *url == wanted.url => {}
            Some(url) if wanted.is_certain => self
                .errors
                .push(format!("error: {url} and {} would both be {}", wanted.url, wanted.name)),
            Some(_) => {}
            None if self.known.len() < self.most => {
                self.known.insert(wanted.name.clone(), wanted.url.clone());
                self.open.push_back(wanted);
            }
            None => {
                let error = format!(
                    "error: there are more than {} documents; raise --documents if that is right",
                    self.most
                );
                if !self.errors.contains(&error) {
                    self.errors.push(error);
                }
            }
        }
    }

    /// Finds what blocks a file before the first one is written.
    fn check(&mut self, force: Force, terminal: Terminal) {
        let names = self.pages.iter().map(|(name, _)| name.as_str());
        let files: BTreeSet<String> = names.clone().map(str::to_lowercase).collect();
        self.errors.extend(same_file(names));
        for (name, page) in &self.pages {
            let saved = Saved::at(&self.layout.file(name));
            let mut folders = Layout::folder_names(name);
            let file = folders.find(|folder| files.contains(&folder.to_lowercase()));
            if let Some(file) = file {
                self.errors.push(format!(
                    "error: {name} would be in a folder with the name of the document {file}"
                ));
            }
            let checked = self.layout.check(name).and_then(|()| {
                let checked = saved.check(&page.bytes, force.overwrite());
                checked.map_err(|error| shown(&error, terminal))
            });
            self.errors.extend(checked.err());
        }
    }

    fn write(self, force: Force, terminal: Terminal) -> Outcome {
        let mut size = 0;
        for (name, page) in self.pages {
            self.layout.make_folders(&name)?;
            let file = self.layout.file(&name);
            size += page.bytes.len();
            Saved::at(&file)
                .save(&page.bytes, (&page.url, page.tag), force.overwrite())
                .map_err(|error| shown(&error, terminal))?;
            terminal.note(&format!("{}: {} bytes", file.display(), page.bytes.len()));
        }
        let count = self.known.len();
        if count > 1 {
            terminal.note(&format!("{count} documents with {size} bytes"));
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The documents whose files, or the records of them, are the same where the case of names does not count.
fn same_file<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut errors = Vec::new();
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for name in names {
        let file = name.to_lowercase();
        for file in [record_of(&file), file] {
            if let Some(other) = known.insert(file, name).filter(|other| *other != name) {
                errors.push(format!(
                    "error: {other} and {name} would be one file where the case of names does not count, or one the record of the other"
                ));
            }
        }
    }
    errors
}

/// What to do about a document that cannot be beside the others.
const FOLDER: &str = "name a folder (--out DIR/) to save it too";

/// An error as a part of another one.
fn bare(error: String) -> String {
    format!("which has no place: {}", error.trim_start_matches("error: "))
}
