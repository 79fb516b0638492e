//! A response that `fetch` saved, and the record next to it.
//!
//! The record, `FILE.etag`, has the address, the entity tag of the response and a digest of the file. A file
//! that still has the digest is what `fetch` wrote, and an update may replace it; a file that was
//! changed by hand or written by something else may not be replaced.

use reqwest::Url;
use schemacrate::internals::digest::digest;
use schemacrate::internals::disk::{self, DiskError, Overwrite};
use schemacrate::internals::{MARK, RECORD, RECORDED_ADDRESS, is_own};
use std::fs;
use std::path::{Path, PathBuf};
use toml::Table;

/// A file, and what is recorded of it.
pub(super) struct Saved {
    path: PathBuf,
    record: PathBuf,
    /// The digest of the file when it was saved.
    digest: Option<String>,
    /// The entity tag, if the file is the response that had it.
    tag: Option<String>,
}

impl Saved {
    /// What is known about a file, which may not exist.
    pub(super) fn at(path: &Path) -> Self {
        let record = schemacrate::internals::record_of(path);
        let recorded: Table = match is_file(&record) {
            true => fs::read_to_string(&record).unwrap_or_default().parse().unwrap_or_default(),
            false => Table::new(),
        };
        let text = |key| recorded.get(key).and_then(toml::Value::as_str).map(str::to_owned);
        let digest = text("digest");
        let is_as_saved = is_file(path)
            && digest.is_some()
            && fs::read(path).ok().map(|bytes| self::digest(&bytes)) == digest;
        let tag = text("etag").filter(|_| is_as_saved);
        Self { path: path.to_owned(), record, digest, tag }
    }

    /// The tag for a conditional request, which asks whether the service has another version by
    /// now.
    pub(super) fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// The file, which is as it was saved if there is a tag.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.path)
            .map_err(|error| format!("error: cannot read {}: {error}", self.path.display()))
    }

    /// Whether a response and its record can be saved; nothing is written.
    ///
    /// # Errors
    /// If the existing file is not as it was saved, or cannot be read.
    pub(super) fn check(&self, bytes: &[u8], overwrite: Overwrite) -> Result<(), DiskError> {
        disk::check(&self.record, b"", overwrite, is_record)?;
        disk::check(&self.path, bytes, overwrite, |old| self.is_as_saved(old)).map(drop)
    }

    fn is_as_saved(&self, old: &[u8]) -> bool {
        self.digest.as_deref() == Some(&*digest(old))
    }

    /// Saves a response and its record.
    ///
    /// # Errors
    /// If the existing file is not as it was saved, or a file cannot be written.
    pub(super) fn save(
        &self,
        bytes: &[u8],
        (url, tag): (&Url, Option<String>),
        overwrite: Overwrite,
    ) -> Result<(), DiskError> {
        let mut record = Table::from_iter([
            ("digest".to_owned(), digest(bytes).into()),
            (RECORDED_ADDRESS.to_owned(), address(url).into()),
        ]);
        record.extend(tag.map(|tag| ("etag".to_owned(), tag.into())));
        let record = format!(
            "# {MARK} from an answer to `schemacrate fetch`. Do not edit: this record shows whether the file next to it was changed.\n{record}"
        );
        disk::check(&self.record, record.as_bytes(), overwrite, is_record)?;
        disk::save(&self.path, bytes, overwrite, |old| self.is_as_saved(old))?;
        disk::save(&self.record, record.as_bytes(), overwrite, is_record)
    }
}

/// An address as it is recorded: without what may be secret.
fn address(url: &Url) -> String {
    let mut url = url.clone();
    // An address of `http` or `https` can always be without them.
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    url.set_query(None);
    url.set_fragment(None);
    url.into()
}

/// The name of the record of a file.
pub(super) fn record_of(name: &str) -> String {
    [name, RECORD].concat()
}

/// Whether a file is a record, of this version or of an earlier one.
fn is_record(file: &[u8]) -> bool {
    is_own(file) || is_bare_tag(file)
}

fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file())
}

/// Whether a record comes from an earlier version, which wrote an entity tag and nothing else (RFC
/// 9110, section 8.8.3).
fn is_bare_tag(record: &[u8]) -> bool {
    let tag = record.strip_prefix(b"W/").unwrap_or(record);
    let inner = tag.strip_prefix(b"\"").and_then(|tag| tag.strip_suffix(b"\""));
    inner.is_some_and(|inner| inner.iter().all(|byte| *byte > b' ' && *byte != b'"'))
}
