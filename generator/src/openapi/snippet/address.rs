//! The address of a request as people write it.
//!
//! Enters: an address, absolute or relative, with placeholders such as `{id}` as they are. Leaves: the paths that
//! it may be below the address of a service, and the pairs of its query. Must not know: operations.

use crate::openapi::model::first_variable;
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
    pub(super) root: Option<String>,
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

    /// The paths that the address may be, the most likely one first: below the known address, below one of the
    /// servers, whose variables may have any values, or below any address.
    pub(super) fn paths(&self, known: Option<&str>, servers: &[&str]) -> Vec<Candidate<'t>> {
        let known = known.map(|root| root.trim_end_matches('/'));
        let whole = [self.origin, self.path].concat();
        let below = known.and_then(|root| whole.strip_prefix(root)).map(str::len);
        let mut candidates = Vec::new();
        if let Some(length) = below.filter(|_| !self.origin.is_empty()) {
            let path = &self.path[self.path.len() - length.min(self.path.len())..];
            candidates.push(Candidate { path, root: None });
        }
        let is_known = self.origin.is_empty();
        let whole_of = |path: &str| whole[..whole.len() - path.len()].to_owned();
        for path in servers.iter().filter_map(|server| self.below(server)) {
            candidates.push(Candidate { path, root: Some(whole_of(path)) });
        }
        let slashes = self.path.match_indices('/').map(|(at, _)| at).take(LONGEST_ROOT);
        for at in slashes.chain(self.path.is_empty().then_some(0)) {
            let (before, path) = self.path.split_at(at);
            let root = (!is_known).then(|| [self.origin, before].concat());
            candidates.push(Candidate { path, root });
        }
        candidates
    }

    /// The path below a server, if the address is below it.
    fn below(&self, server: &str) -> Option<&'t str> {
        let (scheme, rest) = server.split_once("://")?;
        let (host, base) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (own_scheme, own_host) = self.origin.split_once("://")?;
        let is_it = |pattern: &str, text: &str| {
            let (pattern, text) = (pattern.to_ascii_lowercase(), text.to_ascii_lowercase());
            matched(&pattern, &text, &[]).is_some_and(|length| length == text.len())
        };
        if !is_it(scheme, own_scheme) || !is_it(host, own_host) {
            return None;
        }
        let length = matched(base, self.path, &['/'])?;
        self.path.get(length..).filter(|path| path.is_empty() || path.starts_with('/'))
    }

    /// The pairs of the query, percent-encoded, in order. A name without `=` has no value.
    pub(super) fn pairs(&self) -> Vec<(&'t str, Option<&'t str>)> {
        let pairs = self.query.split('&').filter(|pair| !pair.is_empty());
        pairs.map(|pair| pair.split_once('=').map_or((pair, None), |(a, b)| (a, Some(b)))).collect()
    }
}

/// How much of a text a template takes whose variables have any values up to what follows them; those at the end
/// take all up to one of some characters.
fn matched(template: &str, text: &str, ends: &[char]) -> Option<usize> {
    let mut rest = text;
    let mut template = template;
    while let Some((before, _, after)) = first_variable(template) {
        rest = rest.strip_prefix(before)?;
        let literal = after.split('{').next().unwrap_or(after);
        let length = match literal.is_empty() {
            true if after.is_empty() => rest.find(ends).unwrap_or(rest.len()),
            true => 0,
            false => rest.find(literal)?,
        };
        rest = &rest[length..];
        template = after;
    }
    let rest = rest.strip_prefix(template)?;
    Some(text.len() - rest.len())
}

/// The text that is percent-encoded.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn an_address_is_below_a_server_whatever_its_variables_are() {
        for (server, address, expected) in [
            ("https://{region}.a.example/v1", "https://us.A.example/v1/orders?x", Some("/orders")),
            ("https://{region}.a.example/v1", "https://us.a.example/v2/orders", None),
            ("https://{region}.a.example/v1", "https://us.a.example/v10", None),
            ("https://{region}.a.example/v1", "http://us.a.example/v1/orders", None),
            ("{scheme}://a.example:{port}/{base}", "http://a.example:80/b/orders", Some("/orders")),
            ("https://a.example/{base}/v{version}", "https://a.example/b/c/v2/o", Some("/o")),
            ("https://{a}{b}.example", "https://x.example/o", Some("/o")),
            ("https://a.example/{base}", "https://a.example/b", Some("")),
            ("https://{host}", "/orders", None),
        ] {
            let found = Address::read(address).ok().and_then(|one| one.below(server));
            assert_eq!(found, expected, "{server} {address}");
        }
    }
}
