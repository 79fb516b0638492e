//! How a page of a collection leads to the next one.

use crate::client::Client;
use crate::model::Page;
use crate::request::Request;

impl<T> Page<T> {
    /// The request for the next page; `None` on the last one.
    ///
    /// A link to another origin than the client's gives an error when it is sent, and nothing
    /// leaves: see [`Client::follow`].
    ///
    /// ```
    /// use odatagen_runtime::transport::Replay;
    /// use odatagen_runtime::{Client, Page};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), odatagen_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"{"value":["a","b"],"@odata.nextLink":"https://example.com/v1/tags?$skip=2"}"#);
    /// service.answer(200, r#"{"value":["c"]}"#);
    /// let client = Client::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let mut tags = Vec::new();
    /// let mut next = Some(client.resource("tags").list::<String>());
    /// while let Some(request) = next {
    ///     let page: Page<String> = request.await?;
    ///     next = page.next(&client);
    ///     tags.extend(page.value);
    /// }
    /// assert_eq!(tags, ["a", "b", "c"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn next(&self, client: &Client) -> Option<Request<Self>> {
        self.next_link.as_deref().map(|link| client.follow(link))
    }

    /// The request for what changed since this page was read; `None` if the service gave no delta
    /// link, which only the last page of a delta query has.
    pub fn delta(&self, client: &Client) -> Option<Request<Self>> {
        self.delta_link.as_deref().map(|link| client.follow(link))
    }
}
