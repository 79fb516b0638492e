//! The parsed URL of a request, for a transport whose library needs it parsed.
//!
//! Enters: a URL when a request is made. Leaves: the same URL when it is sent. It knows nothing of how the
//! request travels between the two.

use http::{Extensions, Uri};
use url::Url;

/// Is carried by a request, in its extensions. Parsing the URL once more would take a twelfth of
/// the instructions of a request.
#[derive(Clone)]
pub(crate) struct ParsedUrl(pub(crate) Url);

impl ParsedUrl {
    /// The URL of a request. The one that it carries counts only if it is the URL of the request, because a
    /// layer may have changed the latter.
    pub(super) fn take(uri: &Uri, extensions: &mut Extensions) -> Result<Url, url::ParseError> {
        match extensions.remove::<Self>() {
            Some(Self(url)) if is_same(&url, uri) => Ok(url),
            _ => Url::parse(&uri.to_string()),
        }
    }
}

fn is_same(url: &Url, uri: &Uri) -> bool {
    let rest = || {
        let rest = url.as_str().strip_prefix(uri.scheme_str()?)?.strip_prefix("://")?;
        rest.strip_prefix(uri.authority()?.as_str())
    };
    rest().is_some_and(|rest| uri.path_and_query().is_some_and(|target| target == rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_counts_only_if_the_request_has_the_same() {
        for (url, uri, same) in [
            ("https://host/v1?a=b", "https://host/v1?a=b", true),
            ("https://host:8443/", "https://host:8443", true),
            ("https://host/v1?a=b", "https://gateway/v1?a=b", false),
            ("https://host/v1?a=b", "http://host/v1?a=b", false),
            ("https://host/v1", "https://host/v1?a=b", false),
            ("https://host/v1/x", "https://host/v1", false),
            ("https://host/v1", "/v1", false),
        ] {
            let parsed = Url::parse(url).expect(url);
            let uri: Uri = uri.parse().expect(uri);
            assert_eq!(is_same(&parsed, &uri), same, "{url} {uri}");
            let mut extensions = Extensions::new();
            extensions.insert(ParsedUrl(parsed));
            let taken = ParsedUrl::take(&uri, &mut extensions);
            assert_eq!(taken, Url::parse(&uri.to_string()), "{url} {uri}");
        }
    }
}
