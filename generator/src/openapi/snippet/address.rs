//! The address of a request as people write it.
//!
//! Enters: an address, absolute or relative, with placeholders such as `{id}` as they are. Leaves: the paths that
//! it may be below the address of a service, and the pairs of its query. Must not know: operations.

use percent_encoding::percent_decode_str;

/// An address.
pub(super) struct Address<'t> {
    /// The scheme and the host; nothing if the address is relative.
    origin: &'t str,
    path: &'t str,
    /// The text before each slash of the path, whose address would have it as its own path.
    query: &'t str,
}

/// A path that an address may be.
pub(super) struct Candidate<'t> {
    /// The path, percent-encoded.
    pub(super) path: &'t str,
    /// The address of the service, if it is not the one that is known.
    pub(super) root: Option<&'t str>,
}

/// The most segments that the address of a service is thought to have.
const LONGEST_ROOT: usize = 6;

impl<'t> Address<'t> {
    /// # Errors
    /// If there is nothing that could be a path.
    pub(super) fn read(text: &'t str) -> Result<Self, String> {
        let text = text.trim().split('#').next().unwrap_or_default();
        let (before, query) = text.split_once('?').unwrap_or((text, ""));
        let host = before.find("://").map(|at| at + 3);
        let start = host
            .map_or(0, |host| before[host..].find('/').map_or(before.len(), |slash| host + slash));
        let (origin, path) = before.split_at(start);
        if before.is_empty() {
            return Err("the address is empty".to_owned());
        }
        Ok(Self { origin, path, query })
    }

    /// The paths that the address may be, the most likely one first: below the known address, or below any.
    pub(super) fn paths(&self, known: Option<&str>) -> Vec<Candidate<'t>> {
        let known = known.map(|root| root.trim_end_matches('/'));
        let whole = [self.origin, self.path].concat();
        let below = known.and_then(|root| whole.strip_prefix(root)).map(str::len);
        let mut candidates = Vec::new();
        if let Some(length) = below.filter(|_| !self.origin.is_empty()) {
            let path = &self.path[self.path.len() - length.min(self.path.len())..];
            candidates.push(Candidate { path, root: None });
        }
        let is_known = self.origin.is_empty();
        let slashes = self.path.match_indices('/').map(|(at, _)| at).take(LONGEST_ROOT);
        for at in slashes.chain(self.path.is_empty().then_some(0)) {
            let (before, path) = self.path.split_at(at);
            let root = (!is_known).then_some(before).map(|_| self.origin);
            candidates.push(Candidate { path, root });
        }
        candidates
    }

    /// The pairs of the query, percent-encoded, in order. A name without `=` has no value.
    pub(super) fn pairs(&self) -> Vec<(&'t str, Option<&'t str>)> {
        let pairs = self.query.split('&').filter(|pair| !pair.is_empty());
        pairs.map(|pair| pair.split_once('=').map_or((pair, None), |(a, b)| (a, Some(b)))).collect()
    }

    /// The whole query, percent-encoded.
    pub(super) fn query(&self) -> &'t str {
        self.query
    }
}

/// The text that is percent-encoded.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
