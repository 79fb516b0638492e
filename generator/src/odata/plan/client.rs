//! How the client of a crate is set up.
//!
//! Enters: the configuration of the service. Leaves: the settings that its client has by default.

use crate::input::config::Config;

/// The header in which Microsoft Graph expects the id that a client assigns to a request.
const OF_GRAPH: &str = "client-request-id";

/// The hosts of Microsoft Graph in the clouds of Microsoft.
const GRAPH: [&str; 4] = [
    "graph.microsoft.com",
    "graph.microsoft.us",
    "dod-graph.microsoft.us",
    "microsoftgraph.chinacloudapi.cn",
];

/// The header in which each request has an id of its own: the one of the configuration, where an empty
/// text is none, else that of Microsoft Graph if it is the service.
pub(super) fn request_id_header(config: &Config) -> Option<String> {
    match &config.service.client_request_id_header {
        Some(header) => Some(header.get_ref().clone()).filter(|header| !header.is_empty()),
        None => {
            let root = config.service.root.as_deref()?;
            GRAPH.contains(&host(root)?.as_str()).then(|| OF_GRAPH.to_owned())
        }
    }
}

/// The host of an address, in lower case.
fn host(root: &str) -> Option<String> {
    let (_, rest) = root.split_once("://")?;
    Some(rest.split(['/', ':', '?', '#']).next()?.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml::Spanned;

    #[test]
    fn graph_has_ids_and_others_are_asked() {
        for (root, configured, expected) in [
            (Some("https://graph.microsoft.com/v1.0"), None, Some("client-request-id")),
            (Some("https://Graph.Microsoft.US:443/beta"), None, Some("client-request-id")),
            (Some("https://graph.microsoft.com.evil.example/v1.0"), None, None),
            (Some("https://example.com/graph.microsoft.com"), None, None),
            (Some("https://graph.microsoft.com/v1.0"), Some(""), None),
            (Some("https://example.com"), Some("x-request-id"), Some("x-request-id")),
            (None, Some("x-request-id"), Some("x-request-id")),
            (None, None, None),
        ] {
            let mut config = Config::new("n", "out");
            config.service.root = root.map(str::to_owned);
            let configured = configured.map(|name| Spanned::new(0..0, name.to_owned()));
            config.service.client_request_id_header = configured;
            assert_eq!(request_id_header(&config).as_deref(), expected, "{root:?}");
        }
    }
}
