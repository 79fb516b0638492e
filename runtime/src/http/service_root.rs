//! The address below which a service answers.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::web::error::{Error, ErrorKind};
use crate::web::link;

/// A checked service root: an absolute `http` or `https` URL without user, query or fragment.
#[derive(Clone, Debug)]
pub(crate) struct ServiceRoot {
    url: Url,
    /// The URL without a slash at its end.
    text: String,
}

impl ServiceRoot {
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let url = Url::parse(text).map_err(|error| {
            refused(&format!("is not an absolute URL ({error})")).with_source(error)
        })?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refused("does not start with https:// or http://"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused(
                "holds a user name or password; set a credential on the client instead",
            ));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refused("has a query or fragment; leave out what follows `?` or `#`"));
        }
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { url, text })
    }

    /// The URL without a slash at its end.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The scheme, host and port as text, without a slash at its end.
    pub(crate) fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// The URL of a percent-encoded path below the service root, which starts with a slash.
    ///
    /// Only the path is parsed, because the rest is known to be valid.
    pub(crate) fn below(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(&[self.url.path().trim_end_matches('/'), path].concat());
        url
    }

    /// Whether a URL has the scheme, host and port of the service.
    pub(crate) fn is_origin_of(&self, url: &Url) -> bool {
        // The root is an `http` or `https` address, so its origin is this triple and not an opaque one.
        self.url.scheme() == url.scheme()
            && self.url.host() == url.host()
            && self.url.port_or_known_default() == url.port_or_known_default()
    }

    /// Whether others can read what is sent to the service.
    pub(crate) fn is_exposed(&self) -> bool {
        self.url.scheme() == "http" && !self.is_loopback()
    }

    /// Resolves a link of the service, which may be relative to the service root.
    ///
    /// # Errors
    ///
    /// The reason, if the link is empty or not a URL, refers to another origin, or came by way of one.
    pub(crate) fn resolve(&self, link: &str) -> Result<Url, String> {
        if link.trim().is_empty() {
            return Err("the link is empty".to_owned());
        }
        if link::is_marked(link) {
            return Err(format!(
                "the link came by way of another origin than {}, such as by a redirect; it is not \
                 followed, for the token would go where another service wants it",
                self.origin(),
            ));
        }
        let mut base = self.url.clone();
        base.set_path(&format!("{}/", self.url.path().trim_end_matches('/')));
        let mut url =
            base.join(link).map_err(|error| format!("the link is not a URL ({error})"))?;
        if !self.is_origin_of(&url) {
            return Err(format!(
                "the link refers to {}, but the service is at {}; links to another origin are not followed",
                url.origin().ascii_serialization(),
                self.origin(),
            ));
        }
        url.set_fragment(None);
        // The origin of a URL leaves out the user, which is never sent.
        let _ = url.set_username("").and_then(|()| url.set_password(None));
        Ok(url)
    }

    fn is_loopback(&self) -> bool {
        match self.url.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => Ipv4Addr::is_loopback(&address),
            Some(Host::Ipv6(address)) => Ipv6Addr::is_loopback(&address),
            None => false,
        }
    }
}

fn refused(why: &str) -> Error {
    Error::new(
        ErrorKind::Configuration,
        format!("the service root {why}; expected something like https://graph.microsoft.com/v1.0"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_at_the_end_is_tolerated() {
        for text in ["https://host/v1", "https://host/v1/"] {
            assert_eq!(ServiceRoot::parse(text).expect(text).as_str(), "https://host/v1");
        }
        assert_eq!(ServiceRoot::parse("https://host").expect("no path").as_str(), "https://host");
    }

    #[test]
    fn an_invalid_service_root_is_refused_without_showing_it() {
        for text in [
            "",
            "/v1",
            "host/v1",
            "ftp://host",
            "data:x",
            "https://u:secret@host/",
            "https://host/?secret=1",
            "https://host/#secret",
        ] {
            let error = ServiceRoot::parse(text).expect_err(text);
            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }

    #[test]
    fn only_plain_http_beyond_loopback_is_exposed() {
        for (text, exposed) in [
            ("https://host", false),
            ("http://host", true),
            ("http://localhost:80", false),
            ("http://api.localhost", false),
            ("http://127.9.9.9", false),
            ("http://[::1]", false),
            ("http://localhost.example.com", true),
            ("http://10.0.0.1", true),
        ] {
            assert_eq!(ServiceRoot::parse(text).expect(text).is_exposed(), exposed, "{text}");
        }
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        let root = ServiceRoot::parse("https://host/v1").expect("a root");
        for (url, same) in [
            ("https://host:443/other", true),
            ("https://HOST/v1", true),
            ("http://host/v1", false),
            ("https://host:444/v1", false),
            ("https://host.example/v1", false),
        ] {
            assert_eq!(root.is_origin_of(&Url::parse(url).expect(url)), same, "{url}");
        }
    }
}
