//! Secrets that a request carries besides, or in place of, a token.
//!
//! Enters: a key, and where the service expects it. Leaves: the URL and the headers of a try with it, and what
//! no error may show. It does not decide where a key may go: `exchange` adds keys only to tries that go to the
//! origin of the service.

use std::fmt;
use std::sync::Arc;

use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use percent_encoding::utf8_percent_encode;
use url::Url;

use crate::web::path::UNRESERVED;

/// How a call is authorized, if not by the credential of its client alone.
#[derive(Clone, Default)]
pub(crate) struct Keys {
    pub(crate) list: Vec<Arc<Key>>,
    /// Whether the token of the client goes along.
    pub(crate) takes_token: bool,
    /// What the error of a refusal (401, 403) adds to what the service reports.
    pub(crate) hint: Option<String>,
}

/// A secret, and where it is sent.
pub(crate) struct Key {
    place: Place,
    /// The texts that no error may show.
    secrets: Vec<String>,
}

enum Place {
    Header(HeaderName, HeaderValue),
    /// Name and value, percent-encoded.
    Query(String, String),
    /// Name and value.
    Cookie(String, String),
    /// Where the caller writes it.
    Elsewhere,
}

impl Key {
    /// A key in a header. The secrets are the parts of the value that no error may show.
    ///
    /// # Errors
    ///
    /// Why no header can carry it, without the value.
    pub(crate) fn header(name: &str, value: &str, secrets: &[&str]) -> Result<Self, String> {
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| format!("`{}` is not a header name", name.escape_debug()))?;
        let mut value = HeaderValue::from_str(value)
            .map_err(|_| "it holds a character that no header can carry".to_owned())?;
        value.set_sensitive(true);
        let secrets = secrets.iter().map(|&secret| secret.to_owned()).collect();
        Ok(Self { place: Place::Header(name, value), secrets })
    }

    /// A key in the query.
    pub(crate) fn query(name: &str, value: &str) -> Self {
        let encoded = |text| utf8_percent_encode(text, UNRESERVED).to_string();
        let place = Place::Query(encoded(name), encoded(value));
        Self { place, secrets: vec![value.to_owned()] }
    }

    /// A key in a cookie.
    ///
    /// # Errors
    ///
    /// Why no cookie can carry it, without the value (RFC 6265, section 4.1.1).
    pub(crate) fn cookie(name: &str, value: &str) -> Result<Self, String> {
        let is_octet = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | ',' | ';' | '\\');
        if !value.chars().all(is_octet) {
            return Err("it holds a character that no cookie can carry".to_owned());
        }
        let place = Place::Cookie(name.to_owned(), value.to_owned());
        Ok(Self { place, secrets: vec![value.to_owned()] })
    }

    /// A secret that is in the request already.
    pub(crate) fn elsewhere(secret: &str) -> Self {
        Self { place: Place::Elsewhere, secrets: vec![secret.to_owned()] }
    }

    /// The texts that no error may show.
    pub(crate) fn secrets(&self) -> &[String] {
        &self.secrets
    }
}

impl Keys {
    /// The URL with the keys of the query; `None` if there are none.
    pub(crate) fn url(&self, url: &Url) -> Option<Url> {
        let mut with = None;
        for key in &self.list {
            if let Place::Query(name, value) = &key.place {
                let url = with.get_or_insert_with(|| url.clone());
                // The address of a redirect may have it already.
                let other = without(url.query(), |own| own == name);
                let between = if other.is_empty() { "" } else { "&" };
                url.set_query(Some(&[&other, between, name, "=", value].concat()));
            }
        }
        with
    }

    /// Adds the keys of headers and cookies, except to a header that the request has already.
    pub(crate) fn add_to(&self, headers: &mut HeaderMap) {
        for key in &self.list {
            match &key.place {
                Place::Header(name, value) => {
                    headers.entry(name).or_insert_with(|| value.clone());
                }
                Place::Cookie(name, value) => {
                    let own = headers.get(header::COOKIE).and_then(|own| own.to_str().ok());
                    let before = own.map_or(String::new(), |own| format!("{own}; "));
                    // Both are checked: they are characters of a header.
                    if let Ok(mut cookie) = HeaderValue::try_from(format!("{before}{name}={value}"))
                    {
                        cookie.set_sensitive(true);
                        headers.insert(header::COOKIE, cookie);
                    }
                }
                Place::Query(..) | Place::Elsewhere => {}
            }
        }
    }

    /// Removes from a URL of another origin the keys that the service has written into it.
    pub(crate) fn remove_from(&self, url: &mut Url) {
        for key in &self.list {
            if let Place::Query(name, _) = &key.place
                && url.query().is_some()
            {
                let other = without(url.query(), |own| own == name);
                url.set_query(Some(&other).filter(|other| !other.is_empty()).map(String::as_str));
            }
        }
    }
}

/// A query without the pairs of some names.
fn without(query: Option<&str>, is_one: impl Fn(&str) -> bool) -> String {
    let pairs = query.unwrap_or_default().split('&');
    let name =
        |pair: &str| pair.split_once('=').map_or(pair.to_owned(), |(name, _)| name.to_owned());
    let rest = pairs.filter(|pair| !pair.is_empty() && !is_one(&name(pair)));
    rest.collect::<Vec<_>>().join("&")
}

/// Shows where it is sent, and not what it is.
impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Key(…)")
    }
}
