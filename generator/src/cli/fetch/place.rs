//! Where the documents of a description are saved, so that their references find them there.

use reqwest::Url;
use schemacrate::internals::openapi::Uri;
use std::fs;
use std::path::{Path, PathBuf, is_separator};

/// The folder in which documents are saved.
pub(super) struct Layout {
    folder: PathBuf,
    /// The name of the first document in it.
    first: String,
    /// Whether each document is in a folder with the name of its host.
    pub(super) has_hosts: bool,
}

impl Layout {
    /// A layout for the argument that names a file or a folder.
    pub(super) fn new(out: &Path, url: &Url) -> Result<Self, String> {
        let text = out.to_string_lossy();
        if text.ends_with(is_separator) || out.is_dir() {
            let first = file_name(&Uri::parse(url.as_str()).place_of_copy())?;
            return Ok(Self { folder: out.to_owned(), first, has_hosts: true });
        }
        let first = out.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let folder = out.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self { folder, first, has_hosts: false })
    }

    pub(super) fn first(&self) -> &str {
        &self.first
    }

    pub(super) fn first_file(&self) -> PathBuf {
        self.file(&self.first)
    }

    /// The path of a document with a name.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Whether the folders of a document are folders or can be made. Links in the folder are not followed.
    pub(super) fn check(&self, name: &str) -> Result<(), String> {
        for folder in self.folders(name) {
            let Ok(there) = fs::symlink_metadata(&folder) else { return Ok(()) };
            if !there.is_dir() {
                return Err(format!("error: {} is not a folder", folder.display()));
            }
        }
        Ok(())
    }

    /// Makes the folders of a document.
    pub(super) fn make_folders(&self, name: &str) -> Result<(), String> {
        let failed = |folder: &Path, error| {
            format!("error: cannot make the folder {}: {error}", folder.display())
        };
        if self.has_hosts {
            fs::create_dir_all(&self.folder).map_err(|error| failed(&self.folder, error))?;
        }
        self.check(name)?;
        for folder in self.folders(name).filter(|folder| !folder.is_dir()) {
            fs::create_dir(&folder).map_err(|error| failed(&folder, error))?;
        }
        Ok(())
    }

    /// The folders of a document below that of all documents, the outer ones first.
    fn folders(&self, name: &str) -> impl Iterator<Item = PathBuf> {
        Self::folder_names(name).map(|folder| self.folder.join(folder))
    }

    /// The names of the folders of a document, the outer ones first.
    pub(super) fn folder_names(name: &str) -> impl Iterator<Item = &str> {
        name.match_indices('/').map(|(end, _)| &name[..end])
    }
}

/// The name of a file for a path whose percent signs are decoded: what is not allowed in names is written
/// with percent signs, which are decoded again where references are resolved.
pub(super) fn file_name(path: &str) -> Result<String, String> {
    let parts: Vec<String> = path.split('/').map(part).collect();
    match parts.iter().any(String::is_empty) {
        true => Err(format!("error: there is no name for a file in `{path}`")),
        false => Ok(parts.join("/")),
    }
}

/// One name in a path.
fn part(name: &str) -> String {
    /// The names of devices on Windows, with any ending.
    const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_port = |word| stem.strip_prefix(word).is_some_and(|rest| rest.chars().count() == 1);
    let is_device = DEVICES.contains(&stem.as_str()) || is_port("com") || is_port("lpt");
    let is_dots = name.chars().all(|c| c == '.');
    let mut safe = String::new();
    for (at, character) in name.char_indices() {
        let is_last = at + character.len_utf8() == name.len();
        let is_unsafe = character.is_control()
            || "\\:*?\"<>|%#".contains(character)
            || (at == 0 && is_device)
            // A name that begins with a dot means something to many programs: `.git`, `.env`.
            || (character == '.' && (is_dots || is_last || at == 0))
            || (character == ' ' && is_last);
        let mut bytes = [0; 4];
        match is_unsafe {
            true => character
                .encode_utf8(&mut bytes)
                .bytes()
                .for_each(|byte| safe.push_str(&format!("%{byte:02X}"))),
            false => safe.push(character),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_dangerous_and_all_are_found_again() {
        for (path, expected) in [
            ("example.com/v1/api.yaml", "example.com/v1/api.yaml"),
            ("127.0.0.1:80/a b.yaml", "127.0.0.1%3A80/a b.yaml"),
            ("h/a.yaml?raw=1", "h/a.yaml%3Fraw=1"),
            ("h/100%.json", "h/100%25.json"),
            ("h/a\\b/NUL.json/com1", "h/a%5Cb/%4EUL.json/%63om1"),
            ("h/a./..", "h/a%2E/%2E%2E"),
            ("h/é\u{7}", "h/é%07"),
            (".env/.git/config", "%2Eenv/%2Egit/config"),
            ("h/.well-known/openapi.yaml", "h/%2Ewell-known/openapi.yaml"),
        ] {
            let name = file_name(path).expect("a name");
            assert_eq!(name, expected);
            if !path.ends_with("..") && !path.contains('\\') {
                assert_eq!(Uri::of_name(&name).path(), path);
            }
        }
        assert!(file_name("h//a").is_err() && file_name("h/").is_err());
    }
}
