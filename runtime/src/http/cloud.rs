//! Where Microsoft Graph is, in each of Microsoft's clouds.
//!
//! They are here because a program that runs in several clouds needs their addresses for any generated
//! client of Microsoft Graph. See
//! [National cloud deployments](https://learn.microsoft.com/graph/deployments).

/// One of the clouds that have a Microsoft Graph of their own.
///
/// ```
/// use schemacrate_runtime::ServiceClient;
/// use schemacrate_runtime::cloud::Cloud;
/// use schemacrate_runtime::transport::Replay;
///
/// let client = ServiceClient::builder(Cloud::CHINA.service_root("v1.0"))
///     .credential("token")
///     .transport(Replay::new())
///     .build()?;
/// assert_eq!(client.service_root(), "https://microsoftgraph.chinacloudapi.cn/v1.0");
/// assert_eq!(Cloud::CHINA.authority(), "https://login.chinacloudapi.cn");
/// # Ok::<(), schemacrate_runtime::Error>(())
/// ```
///
/// The default scope of a client is derived from its service root, so it fits each cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cloud {
    graph: &'static str,
    authority: &'static str,
}

impl Cloud {
    /// The global service.
    pub const GLOBAL: Self = Self {
        graph: "https://graph.microsoft.com",
        authority: "https://login.microsoftonline.com",
    };

    /// US Government L4.
    pub const US_GOVERNMENT_L4: Self =
        Self { graph: "https://graph.microsoft.us", authority: "https://login.microsoftonline.us" };

    /// US Government L5, of the Department of Defense.
    pub const US_GOVERNMENT_L5: Self = Self {
        graph: "https://dod-graph.microsoft.us",
        authority: "https://login.microsoftonline.us",
    };

    /// China, operated by 21Vianet.
    pub const CHINA: Self = Self {
        graph: "https://microsoftgraph.chinacloudapi.cn",
        authority: "https://login.chinacloudapi.cn",
    };

    /// All clouds.
    pub const ALL: [Self; 4] =
        [Self::GLOBAL, Self::US_GOVERNMENT_L4, Self::US_GOVERNMENT_L5, Self::CHINA];

    /// The service root of a version of Microsoft Graph, such as `v1.0` or `beta`.
    #[must_use]
    pub fn service_root(self, version: &str) -> String {
        format!("{}/{version}", self.graph)
    }

    /// Where Microsoft Graph is, without a version.
    #[must_use]
    pub fn graph(self) -> &'static str {
        self.graph
    }

    /// Where tokens are requested.
    #[must_use]
    pub fn authority(self) -> &'static str {
        self.authority
    }
}
