//! A server of a document, with values for the variables of its address.
//!
//! Enters: the address that a document declares, and the values that a caller sets. Leaves: the address. No value
//! changes what the rest of the address means: each may only be what its place is for, a scheme, a part of a
//! host, a port, or a part of a path. Must not know: clients, requests.

use std::fmt;

use percent_encoding::percent_decode_str;
use url::Url;

use crate::json::{Fault, Given, IntoValue};
use crate::web::error::{Error, ErrorKind};

/// A server that a document declares.
#[derive(Clone, Copy, Debug)]
pub struct DeclaredServer {
    /// The address with its variables in braces.
    pub address: &'static str,
    /// The variables that have defaults, with these.
    pub defaults: &'static [(&'static str, &'static str)],
}

impl DeclaredServer {
    /// A server whose address has no variables.
    #[must_use]
    pub const fn new(address: &'static str) -> Self {
        Self { address, defaults: &[] }
    }

    /// The same with defaults of variables.
    #[must_use]
    pub const fn with_defaults(self, defaults: &'static [(&'static str, &'static str)]) -> Self {
        Self { defaults, ..self }
    }
}

/// A declared server with values for its variables: what each type in the module `servers` of a generated crate
/// has.
#[derive(Clone)]
pub struct ChosenServer {
    server: &'static DeclaredServer,
    /// The values that are set, by the names of their variables.
    values: Vec<(&'static str, String)>,
    /// The first value that is not a text.
    fault: Option<Fault>,
}

impl ChosenServer {
    /// The server with the defaults of its variables.
    #[must_use]
    pub const fn new(server: &'static DeclaredServer) -> Self {
        Self { server, values: Vec::new(), fault: None }
    }

    /// Sets a variable.
    #[must_use]
    pub fn set<V>(mut self, name: &'static str, value: impl IntoValue<V>) -> Self {
        self.put(name, IntoValue::into_value(value));
        self
    }

    fn put<V>(&mut self, name: &'static str, value: Given<V>) {
        let text = value.into_json().and_then(|json| {
            let text = serde_json::from_str::<String>(&json);
            text.map_err(|_| Fault::new("it is not a text"))
        });
        match text {
            Ok(text) => {
                self.values.retain(|(known, _)| *known != name);
                self.values.push((name, text));
            }
            Err(fault) => {
                self.fault.get_or_insert(fault.of(name));
            }
        }
    }

    /// The value of a variable.
    fn value(&self, name: &str) -> Option<&str> {
        let set = self.values.iter().find(|(known, _)| *known == name);
        let default = || self.server.defaults.iter().find(|(known, _)| *known == name);
        set.map(|(_, value)| value.as_str()).or_else(|| default().map(|(_, value)| *value))
    }

    /// The address.
    fn address(&self) -> Result<String, Fault> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let mut address = String::with_capacity(self.server.address.len() + 16);
        let mut rest = self.server.address;
        while let Some((before, opened)) = rest.split_once('{')
            && let Some((name, after)) = opened.split_once('}')
        {
            address.push_str(before);
            let value = self.value(name).ok_or_else(|| Fault::new("it has no value").of(name))?;
            let place = Place::after(&address, after);
            place.check(value).map_err(|why| Fault::new(why).of(name))?;
            address.push_str(value);
            rest = after;
        }
        address.push_str(rest);
        Ok(address)
    }
}

/// Shows the server, and no value.
impl fmt::Debug for ChosenServer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Server({})", self.server.address)
    }
}

/// Where in an address a variable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// It begins the address, and no scheme follows.
    Beginning,
    Scheme,
    /// It is all of the host and the port.
    Authority,
    /// It is a part of the host.
    Host,
    /// It follows a host that is complete.
    HostEnd,
    Port,
    /// It is in the path, and text is right before or after it.
    Path,
}

/// What may not be in a path, as it is not part of one or ends one.
const NOT_IN_PATHS: [char; 5] = ['?', '#', '\\', '<', '>'];

impl Place {
    /// The place between the address so far and the rest, which may have further variables.
    fn after(before: &str, after: &str) -> Self {
        let Some((_, authority)) = before.split_once("://") else {
            let is_scheme = after.starts_with("://");
            return match before.is_empty() && !is_scheme {
                true => Self::Beginning,
                false => Self::Scheme,
            };
        };
        if authority.contains('/') {
            return Self::Path;
        }
        let ends = after.is_empty() || after.starts_with('/');
        match authority.chars().next_back() {
            _ if authority.rsplit_once(':').is_some_and(|(_, port)| !port.contains(']')) => {
                Self::Port
            }
            None if ends => Self::Authority,
            Some(last) if ends && last != '.' => Self::HostEnd,
            _ => Self::Host,
        }
    }

    /// Refuses a value that is something else than its place is for.
    fn check(self, value: &str) -> Result<(), &'static str> {
        let (is_fine, why) = match self {
            Self::Beginning => (
                is_address(value),
                "it is not an absolute http or https address without user, query and fragment",
            ),
            Self::Scheme => (
                value.eq_ignore_ascii_case("https") || value.eq_ignore_ascii_case("http"),
                "it is neither `https` nor `http`",
            ),
            Self::Authority => (is_authority(value), "it is not a host, or a host and a port"),
            Self::Host => {
                (is_host(value), "it is not a part of a host: letters, digits, `-`, `_` and `.`")
            }
            Self::HostEnd => (
                is_after_host(value),
                "it is neither a path that begins with `/` nor a port after `:`",
            ),
            Self::Port => (is_port(value), "it is not a port: digits"),
            Self::Path => {
                (is_path(value), "it is not a part of a path, or has `.` or `..` as a segment")
            }
        };
        if is_fine { Ok(()) } else { Err(why) }
    }
}

/// Whether a text is the address of a service.
fn is_address(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let is_plain = matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none();
    let rest = text.split_once("://").map_or("", |(_, rest)| rest);
    let path = rest.find('/').map_or("", |slash| &rest[slash..]);
    is_plain && !rest.is_empty() && is_path(path) && !rest.contains(NOT_IN_PATHS)
}

fn is_authority(text: &str) -> bool {
    match text.rsplit_once(':') {
        Some((host, port)) => !host.is_empty() && is_host(host) && is_port(port),
        None => !text.is_empty() && is_host(text),
    }
}

/// Whether a text is what can follow a host that is complete.
fn is_after_host(text: &str) -> bool {
    let (port, path) = text.split_at(text.find('/').unwrap_or(text.len()));
    let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
    is_port && is_path(path)
}

/// Whether a text is a part of a host.
fn is_host(text: &str) -> bool {
    let is_in_hosts = |c: char| match c.is_ascii() {
        true => c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'),
        false => c.is_alphanumeric(),
    };
    text.chars().all(is_in_hosts)
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

/// Whether a text is a part of a path, and has no segment that URL parsers drop.
fn is_path(text: &str) -> bool {
    let is_dots = |segment: &str| {
        let decoded: Vec<u8> = percent_decode_str(segment).collect();
        matches!(&*decoded, b"." | b"..") || decoded.contains(&b'\\')
    };
    let is_outside = |c: char| c.is_control() || c.is_whitespace() || NOT_IN_PATHS.contains(&c);
    !text.contains(is_outside) && !text.split('/').any(is_dots)
}

/// What is taken as the address of a service: a text, or a type of the module `servers` of a generated crate.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the address of a server",
    label = "neither a text nor one of the crate's `servers`",
    note = "an address is a text such as `\"https://api.example.com/v1\"`, or a type of the module `servers`, such as `servers::Production::new()`"
)]
pub trait ServerAddress {
    /// The address.
    ///
    /// # Errors
    ///
    /// The value of a variable cannot be in its place.
    fn into_address(self) -> Result<String, Error>;
}

impl ServerAddress for &str {
    fn into_address(self) -> Result<String, Error> {
        Ok(self.to_owned())
    }
}

impl ServerAddress for String {
    fn into_address(self) -> Result<String, Error> {
        Ok(self)
    }
}

impl ServerAddress for &String {
    fn into_address(self) -> Result<String, Error> {
        Ok(self.clone())
    }
}

impl ServerAddress for ChosenServer {
    fn into_address(self) -> Result<String, Error> {
        self.address().map_err(|fault| {
            let server = self.server.address.escape_debug();
            Error::new(ErrorKind::Configuration, format!("the server `{server}`: {fault}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGIONS: DeclaredServer =
        DeclaredServer::new("{scheme}://{region}.example.com:{port}/{base}/v{version}")
            .with_defaults(&[
                ("scheme", "https"),
                ("region", "eu"),
                ("port", "443"),
                ("base", "api/rest"),
                ("version", "1"),
            ]);

    fn of(
        server: &'static DeclaredServer,
        values: &[(&'static str, &str)],
    ) -> Result<String, String> {
        let chosen = ChosenServer::new(server);
        let chosen =
            values.iter().fold(chosen, |one, (name, value)| one.set::<String>(name, *value));
        chosen.into_address().map_err(|error| error.to_string())
    }

    #[test]
    fn variables_have_their_defaults_until_they_are_set() {
        assert_eq!(of(&REGIONS, &[]).as_deref(), Ok("https://eu.example.com:443/api/rest/v1"));
        let set = [("region", "us"), ("region", "us.west"), ("port", "8443"), ("scheme", "http")];
        assert_eq!(
            of(&REGIONS, &set).as_deref(),
            Ok("http://us.west.example.com:8443/api/rest/v1")
        );
        let set = [("base", "ä/%20"), ("version", "2.1")];
        assert_eq!(of(&REGIONS, &set).as_deref(), Ok("https://eu.example.com:443/ä/%20/v2.1"));
    }

    #[test]
    fn a_value_is_only_what_its_place_is_for() {
        for (name, value) in [
            ("scheme", "ftp"),
            ("scheme", "https://evil.example/"),
            ("region", "evil.example/"),
            ("region", "user@evil"),
            ("region", "evil.example:80"),
            ("region", "evil#"),
            ("region", "evil?"),
            ("region", "e\\vil"),
            ("region", "e%2fvil"),
            ("region", "e vil"),
            ("port", "80@evil"),
            ("port", "80/evil"),
            ("port", "99999"),
            ("port", ""),
            ("port", "+80"),
            ("base", ".."),
            ("base", "a/../b"),
            ("base", "%2e%2E"),
            ("base", "a?b"),
            ("base", "a#b"),
            ("base", "a\\..\\b"),
            ("base", "a%5c..%5cb"),
            ("base", "a\nb"),
        ] {
            let error = of(&REGIONS, &[(name, value)]).expect_err(value);
            assert!(error.contains(&format!("the value of `{name}`")), "{error}");
            assert!(value.is_empty() || !error.contains("evil"), "{error}");
        }
    }

    #[test]
    fn an_address_may_be_or_end_with_a_variable() {
        const WHOLE: DeclaredServer = DeclaredServer::new("{endpoint}/v1");
        const HOST: DeclaredServer = DeclaredServer::new("https://{host}/v1");
        const END: DeclaredServer =
            DeclaredServer::new("https://example.com{rest}").with_defaults(&[("rest", "/v1")]);
        const TOP: DeclaredServer = DeclaredServer::new("https://example.{top}/v1");
        for (server, value, expected) in [
            (&WHOLE, "https://a.example:1/b", Some("https://a.example:1/b/v1")),
            (&WHOLE, "https://user@a.example", None),
            (&WHOLE, "https://a.example/?b", None),
            (&WHOLE, "https://a.example/b/..", None),
            (&WHOLE, "file:///etc", None),
            (&WHOLE, "//a.example", None),
            (&HOST, "127.0.0.1:8080", Some("https://127.0.0.1:8080/v1")),
            (&HOST, "a.example", Some("https://a.example/v1")),
            (&HOST, "a@b", None),
            (&HOST, "", None),
            (&HOST, "a.example:80/b", None),
            (&END, "/v2", Some("https://example.com/v2")),
            (&END, ":81", Some("https://example.com:81")),
            (&END, ":81/v2", Some("https://example.com:81/v2")),
            (&END, "", Some("https://example.com")),
            (&END, ".evil.example", None),
            (&END, ":80@evil.example", None),
            (&END, "@evil.example", None),
            (&TOP, "co.uk", Some("https://example.co.uk/v1")),
            (&TOP, "com/", None),
        ] {
            let name = match server.address {
                address if address == WHOLE.address => "endpoint",
                address if address == HOST.address => "host",
                address if address == END.address => "rest",
                _ => "top",
            };
            let made = of(server, &[(name, value)]);
            assert_eq!(made.as_deref().ok(), expected, "{} {value}", server.address);
        }
        let error = of(&WHOLE, &[]).expect_err("no value");
        assert!(error.contains("the server `{endpoint}/v1`: the value of `endpoint`"), "{error}");
    }
}
