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
    pub body: Option<&'r str>,
}
