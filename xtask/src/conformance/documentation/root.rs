//! The service root of a corpus.
//!
//! Enters: URLs as pages print them. Leaves: the root that most of them have, and what is below it. Must
//! not know: what the path below it means.

use std::collections::BTreeMap;

/// Scheme, host and the path that every URL of the service begins with, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ServiceRoot(String);

impl ServiceRoot {
    /// The root from the command line.
    pub(super) fn new(text: &str) -> Result<Self, String> {
        let text = text.trim_end_matches('/');
        match authority(text) {
            Some((host, _)) if !host.is_empty() => Ok(Self(text.to_owned())),
            _ => Err(format!("`{text}` is not an absolute URL")),
        }
    }

    /// The scheme, the host and the first segment that most URLs have; if there are several, the first one in
    /// order.
    pub(super) fn of_most<'a>(urls: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for url in urls {
            let Some((host, path)) = authority(url) else { continue };
            let scheme = &url[..url.find("://").unwrap_or_default()];
            let first = path.split(['/', '?', '#']).next().unwrap_or_default();
            *counts.entry(format!("{scheme}://{host}/{first}")).or_default() += 1;
        }
        let most = counts.values().max().copied()?;
        let found = counts.into_iter().find(|(_, count)| *count == most);
        found.map(|(root, _)| Self(root.trim_end_matches('/').to_owned()))
    }

    /// The text, without a slash at the end.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// What a printed URL has below the root. It may lack the scheme, the host and the root's path, or
    /// have another version in place of it. `None` is a URL of another service.
    pub(super) fn below<'a>(&self, url: &'a str) -> Option<&'a str> {
        let url = url.trim();
        let (host, root) = authority(&self.0)?;
        let (rest, is_absolute) = match authority(url) {
            Some((other, path)) if other.eq_ignore_ascii_case(host) => (path, true),
            Some(_) => return None,
            None => {
                let rest = url.trim_start_matches('/');
                match rest.strip_prefix(host) {
                    Some(after) if after.starts_with('/') => (after.trim_start_matches('/'), true),
                    _ => (rest, false),
                }
            }
        };
        let mut below = rest;
        for segment in root.split('/').filter(|segment| !segment.is_empty()) {
            let end = below.find(['/', '?']).unwrap_or(below.len());
            if !is_absolute && below[..end] != *segment {
                return Some(rest);
            }
            below = below[end..].strip_prefix('/').unwrap_or(&below[end..]);
        }
        Some(below)
    }

    /// The URL as printed, but with this root where it has another version of it.
    pub(super) fn rebased(&self, url: &str) -> String {
        match self.below(url) {
            Some(below) if authority(url).is_some() => {
                let slash = if below.starts_with('?') { "" } else { "/" };
                format!("{}{slash}{below}", self.0)
            }
            _ => url.to_owned(),
        }
    }

    /// What a URL on the wire has below the root, if it is below it.
    pub(super) fn strictly_below<'a>(&self, url: &'a str) -> Option<&'a str> {
        let rest = url.strip_prefix(self.0.as_str())?;
        if rest.is_empty() || rest.starts_with('?') {
            return Some(rest);
        }
        rest.strip_prefix('/')
    }
}

/// The host of an absolute URL, and what follows the slash after it.
fn authority(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    if scheme.is_empty() || !scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    Some((&rest[..end], rest[end..].strip_prefix('/').unwrap_or(&rest[end..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_what_most_urls_have() {
        let urls = [
            "https://a.example/v1/users",
            "https://a.example/v1/groups?x=https://b.example/v2/z",
            "https://a.example/v2/users",
            "/users",
        ];
        let root = ServiceRoot::of_most(urls.into_iter()).unwrap();
        assert_eq!(root.as_str(), "https://a.example/v1");
        assert_eq!(ServiceRoot::of_most(["/users"].into_iter()), None);
        assert!(ServiceRoot::new("users").is_err());
    }

    #[test]
    fn the_path_is_what_is_below_it() {
        let root = ServiceRoot::new("https://a.example/v1/").unwrap();
        for (url, below) in [
            ("https://a.example/v1/users?$top=1", Some("users?$top=1")),
            ("https://A.example/v2/users", Some("users")),
            (" https://a.example/v1/users ", Some("users")),
            ("/v1/users", Some("users")),
            ("/users/v1", Some("users/v1")),
            ("users", Some("users")),
            ("a.example/v1/users", Some("users")),
            ("https://a.example/v1?$x=1", Some("?$x=1")),
            ("https://b.example/v1/users", None),
        ] {
            assert_eq!(root.below(url), below, "{url}");
        }
        assert_eq!(root.rebased("https://a.example/v2/users"), "https://a.example/v1/users");
        assert_eq!(root.rebased("/users"), "/users");
        assert_eq!(root.strictly_below("https://a.example/v1/users"), Some("users"));
        assert_eq!(root.strictly_below("https://a.example/v11/users"), None);
    }
}
