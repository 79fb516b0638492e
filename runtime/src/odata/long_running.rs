//! What OData adds to operations that continue at the service (OData protocol 4.01, section 11.6).
//!
//! Enters: a request, or the address of a status monitor. Leaves: a preference, or the operation. How operations are
//! followed is not a matter of OData.

use super::answer::ODATA;
use crate::web::client::ServiceClient;
use crate::web::error::Error;
use crate::web::long_running::LongRunning;
use crate::web::protocol::OwnProtocol;
use crate::web::request::Request;
use crate::web::response::FromResponse;

impl<T: FromResponse> Request<T> {
    /// Asks the service to answer before it is done (`Prefer: respond-async`), which it may ignore.
    pub fn respond_async(self) -> Self {
        self.prefer("respond-async")
    }
}

impl<T: FromResponse> LongRunning<T> {
    /// An operation that was started elsewhere, by the address to poll: that of
    /// [`monitor_url`](Self::monitor_url), or one relative to the service root.
    ///
    /// # Errors
    ///
    /// The address is not a URL, or points from https to plain http.
    ///
    /// ```
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{ServiceClient, LongRunning};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"{"status":"failed","error":{"code":"Full","message":"No space."}}"#);
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let mut copy = LongRunning::<()>::follow(&client, "https://files.example/monitor/7")?;
    /// let error = copy.finish().await.expect_err("it failed");
    /// assert_eq!(error.service_error().expect("an OData error").code(), "Full");
    /// # Ok(())
    /// # }
    /// ```
    pub fn follow(client: &ServiceClient, monitor_url: &str) -> Result<Self, Error> {
        let own = client.extension::<OwnProtocol>();
        Self::at(own.map_or(&ODATA, |own| own.0), client, monitor_url)
    }
}
