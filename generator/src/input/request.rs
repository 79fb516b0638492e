//! A request as documentation shows it.
//!
//! Enters and leaves: text. Must not know: what it means to a service.

/// An HTTP request.
#[derive(Clone, Copy, Debug)]
pub struct HttpRequest<'r> {
    /// The method.
    pub method: &'r str,
    /// The URL, absolute or relative to the service root. Placeholders such as `{id}` are keys like
    /// others.
    pub url: &'r str,
    /// The headers, each with its name and value.
    pub headers: &'r [(String, String)],
    /// The body, if there is one.
    pub body: Option<&'r [u8]>,
}

/// Headers that the client, the transport or the type of the body write.
const OWN: &[&str] = &[
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "transfer-encoding",
    "user-agent",
];

/// Whether a program does not set a header itself, since the client, the transport or the type of the body
/// writes it. The name is in lower case.
pub(crate) fn is_own_header(name: &str) -> bool {
    OWN.contains(&name)
}

impl<'r> HttpRequest<'r> {
    /// The body as text.
    ///
    /// # Errors
    /// If it is not UTF-8.
    pub(crate) fn text(&self) -> Result<Option<&'r str>, String> {
        let text = self.body.map(std::str::from_utf8).transpose();
        text.map_err(|error| format!("the body is not text: {error}"))
    }
}
