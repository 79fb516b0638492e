//! URIs, and names of files as if they were URIs (RFC 3986).
//!
//! Enters: the name of a document, or the text of a reference. Leaves: [`Uri`], in one spelling for all
//! spellings of the same address. Must not know: which documents there are.

use std::fmt;

/// An address without fragment: absolute, or relative to a folder that is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Uri {
    /// In lower case. An address of a file has none.
    scheme: Option<String>,
    /// In lower case.
    authority: Option<String>,
    /// What is written with `%` is decoded, except for `/`.
    path: String,
    query: Option<String>,
}

/// The parts of a reference before and after `#`.
pub fn without_fragment(reference: &str) -> (&str, Option<&str>) {
    match reference.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (reference, None),
    }
}

impl Uri {
    /// The address that a document has by its name: a URL, or the path of a file, also one of Windows.
    pub fn of_name(name: &str) -> Self {
        let slashed = name.replace('\\', "/");
        match scheme(&slashed) {
            Some((_, rest)) if rest.starts_with("//") => Self::parse(&slashed),
            _ => Self { path: without_dots(&decoded(&of_drive(&slashed))), ..Self::default() },
        }
    }

    /// Reads a reference without its fragment.
    pub fn parse(text: &str) -> Self {
        let (scheme, rest) = match scheme(text) {
            Some((scheme, rest)) => (Some(scheme.to_ascii_lowercase()), rest),
            None => (None, text),
        };
        let (rest, query) = match rest.split_once('?') {
            Some((rest, query)) => (rest, Some(query.to_owned())),
            None => (rest, None),
        };
        let (authority, path) = match rest.strip_prefix("//") {
            Some(rest) => {
                let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                (Some(authority.to_ascii_lowercase()), path)
            }
            None => (None, rest),
        };
        let path = decoded(&of_drive(path));
        let path = if path.starts_with('/') { without_dots(&path) } else { path };
        if scheme.as_deref() == Some("file") {
            return Self { path: of_drive(&path), ..Self::default() };
        }
        Self { scheme, authority, path, query }
    }

    /// What a reference means in a document with this address.
    #[must_use]
    pub fn join(&self, reference: &str) -> Self {
        let reference = Self::parse(reference);
        if reference.scheme.is_some() {
            return reference;
        }
        let scheme = self.scheme.clone();
        if reference.authority.is_some() {
            return Self { scheme, ..reference };
        }
        let authority = self.authority.clone();
        if reference.path.is_empty() {
            let query = reference.query.or_else(|| self.query.clone());
            return Self { scheme, authority, path: self.path.clone(), query }.of_file();
        }
        let path = match reference.path.starts_with('/') {
            true => reference.path,
            false => without_dots(&self.beside(&reference.path)),
        };
        Self { scheme, authority, path, query: reference.query }.of_file()
    }

    /// The same, where the query of a file is a part of its name.
    fn of_file(mut self) -> Self {
        if self.scheme.is_none()
            && self.authority.is_none()
            && let Some(query) = self.query.take()
        {
            self.path.extend(["?", query.as_str()]);
        }
        self
    }

    /// The path of what is in the same folder.
    fn beside(&self, path: &str) -> String {
        match self.path.rfind('/') {
            Some(end) => format!("{}/{path}", &self.path[..end]),
            None if self.authority.is_some() => format!("/{path}"),
            None => path.to_owned(),
        }
    }

    /// Whether the address is complete: a URL, or a path from the root.
    pub fn is_absolute(&self) -> bool {
        self.scheme.is_some() || self.authority.is_some() || self.path.starts_with('/')
    }

    /// Whether a relative path begins above the folder that it is relative to.
    pub fn is_above(&self) -> bool {
        !self.is_absolute() && (self.path == ".." || self.path.starts_with("../"))
    }

    /// The path, in which what was written with `%` is decoded.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether a file can be a copy of what this address names: it is absolute, and the path of the file
    /// ends with its host and path.
    pub(super) fn is_copied_to(&self, file: &Self) -> bool {
        self.is_absolute()
            && format!("/{}", file.path).ends_with(&format!("/{}", self.place_of_copy()))
    }

    /// The host and the port, and the path: where a copy of the document is in a folder of copies.
    pub fn place_of_copy(&self) -> String {
        let authority = self.authority.as_deref().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        let mut place = format!("{host}/{}", self.path.trim_start_matches('/'));
        if let Some(query) = &self.query {
            place.extend(["?", query.as_str()]);
        }
        place.trim_start_matches('/').to_owned()
    }
}

impl fmt::Display for Uri {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(scheme) = &self.scheme {
            write!(formatter, "{scheme}:")?;
        }
        if let Some(authority) = &self.authority {
            write!(formatter, "//{authority}")?;
        }
        formatter.write_str(&self.path)?;
        match &self.query {
            Some(query) => write!(formatter, "?{query}"),
            None => Ok(()),
        }
    }
}

/// The scheme and what comes after it. One letter is a drive, not a scheme.
fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(is_part);
    is_scheme.then_some((scheme, rest))
}

/// A path that begins with a drive, from the root on and with the drive in lower case.
fn of_drive(path: &str) -> String {
    let plain = path.strip_prefix('/').unwrap_or(path);
    match plain.as_bytes() {
        [drive, b':', rest @ ..]
            if drive.is_ascii_alphabetic() && matches!(rest, [] | [b'/', ..]) =>
        {
            format!("/{}{}", char::from(drive.to_ascii_lowercase()), &plain[1..])
        }
        _ => path.to_owned(),
    }
}

/// The path with what is written with `%`, except for `/` and what is not UTF-8.
fn decoded(path: &str) -> String {
    if !path.contains('%') {
        return path.to_owned();
    }
    let bytes = path.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
        let value = match byte {
            b'%' => digit(at + 1)
                .zip(digit(at + 2))
                .and_then(|(high, low)| u8::try_from(high << 4 | low).ok()),
            _ => None,
        };
        match value.filter(|value| *value != b'/') {
            Some(value) => {
                decoded.push(value);
                at += 3;
            }
            None => {
                decoded.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| path.to_owned())
}

/// A path without `.` and `..`, except for those that begin a relative one.
fn without_dots(path: &str) -> String {
    let is_rooted = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    let mut parts = path.split('/').peekable();
    if is_rooted {
        parts.next();
    }
    while let Some(part) = parts.next() {
        match part {
            "." if parts.peek().is_none() => kept.push(""),
            "." => {}
            ".." => {
                match kept.last() {
                    Some(&"..") | None if !is_rooted => kept.push(".."),
                    _ => _ = kept.pop(),
                }
                if parts.peek().is_none() && kept.last() != Some(&"..") {
                    kept.push("");
                }
            }
            "" if kept.is_empty() && !is_rooted => {}
            part => kept.push(part),
        }
    }
    format!("{}{}", if is_rooted { "/" } else { "" }, kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(base: &str, reference: &str) -> String {
        Uri::of_name(base).join(reference).to_string()
    }

    #[test]
    fn references_are_relative_to_the_file_that_has_them() {
        for (base, reference, expected) in [
            ("api.yaml", "pet.yaml", "pet.yaml"),
            ("api.yaml", "./pet.yaml", "pet.yaml"),
            ("api.yaml", "", "api.yaml"),
            ("v1/api.yaml", "schemas/../pet.yaml", "v1/pet.yaml"),
            ("v1/api.yaml", "../../pet.yaml", "../pet.yaml"),
            ("../v1/api.yaml", "../pet.yaml", "../pet.yaml"),
            ("/a/b/api.yaml", "../../../pet.yaml", "/pet.yaml"),
            ("./v1//api.yaml", "pet.yaml", "v1//pet.yaml"),
            ("v1/a b.yaml", "c%20d.yaml", "v1/c d.yaml"),
            ("v1/a.yaml", "c%2Fd.yaml", "v1/c%2Fd.yaml"),
            ("C:\\apis\\api.yaml", "parts/pet.yaml", "/c:/apis/parts/pet.yaml"),
            ("c:/apis/api.yaml", "file:///C:/apis/pet.yaml", "/c:/apis/pet.yaml"),
            ("\\\\server\\share\\api.yaml", "pet.yaml", "//server/share/pet.yaml"),
            ("https://Host/v1/api.yaml", "../pet.yaml?raw=1", "https://host/pet.yaml?raw=1"),
            ("https://host", "pet.yaml", "https://host/pet.yaml"),
            ("https://host/a?b", "?c", "https://host/a?c"),
            ("https://host/a?b", "", "https://host/a?b"),
            ("https://host/a", "//other/b", "https://other/b"),
            ("a/b", "HTTPS://host/b/../c", "https://host/c"),
            ("urn:example:a", "", "urn:example:a"),
            ("a.yaml", "urn:example:b", "urn:example:b"),
        ] {
            assert_eq!(joined(base, reference), expected, "{base} {reference}");
        }
    }

    /// The examples of RFC 3986, section 5.4.
    #[test]
    fn references_are_resolved_as_the_standard_has_it() {
        for (reference, expected) in [
            ("g:h", "http://a/b/c/g:h"), // One letter is a drive.
            ("gg:h", "gg:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            (";x", "http://a/b/c/;x"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            ("..g", "http://a/b/c/..g"),
            ("./g/.", "http://a/b/c/g/"),
            ("g/./h", "http://a/b/c/g/h"),
            ("g/../h", "http://a/b/c/h"),
        ] {
            assert_eq!(joined("http://a/b/c/d;p?q", reference), expected, "{reference}");
        }
    }

    #[test]
    fn a_path_above_its_folder_is_known() {
        for (text, is_above) in
            [("..", true), ("../a", true), ("a/../../b", true), ("..a", false), ("/..", false)]
        {
            assert_eq!(Uri::of_name(text).is_above(), is_above, "{text}");
        }
    }
}
