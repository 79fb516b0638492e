//! Operations that continue at the service, where OData is not there to follow them.

use super::protocol::OPENAPI;
use crate::web::client::ServiceClient;
use crate::web::error::Error;
use crate::web::long_running::LongRunning;
use crate::web::response::FromResponse;

impl<T: FromResponse> LongRunning<T> {
    /// An operation that was [started](crate::Request::start) elsewhere, by the address to poll: that of
    /// [`monitor_url`](Self::monitor_url), or one relative to the service root.
    ///
    /// # Errors
    ///
    /// The address is not a URL, or points from https to plain http.
    pub fn follow(client: &ServiceClient, monitor_url: &str) -> Result<Self, Error> {
        Self::at(&OPENAPI, client, monitor_url)
    }
}
