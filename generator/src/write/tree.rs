//! The files of a generated crate.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Text by path; paths are relative to the crate and use `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTree {
    files: BTreeMap<String, Arc<str>>,
}

impl FileTree {
    /// Adds a file.
    pub fn insert(&mut self, path: &str, text: impl Into<Arc<str>>) {
        self.files.insert(path.to_owned(), text.into());
    }

    /// The files of both trees.
    #[must_use]
    pub fn with(mut self, other: &Self) -> Self {
        let files = other.files.iter().map(|(path, text)| (path.clone(), Arc::clone(text)));
        self.files.extend(files);
        self
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(AsRef::as_ref)
    }

    /// All files, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), &**text))
    }

    /// All files, by path, with texts to share.
    pub(crate) fn shared(&self) -> impl Iterator<Item = (&str, &Arc<str>)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
