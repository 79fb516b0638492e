//! How a page of a collection leads to the next one.
//!
//! What enters is a page as it was read, what leaves is the request for the next one. A page does not
//! know which request it answers, so its links are made absolute when it is read.

use url::Url;

use crate::answer::Answered;
use crate::client::Client;
use crate::link;
use crate::model::{PAGE, Page, Slot, Structured, View, is_page};
use crate::request::Request;

/// The members that hold a link.
const LINKS: [&str; 2] = ["@odata.nextLink", "@odata.deltaLink"];

impl<T> Page<T> {
    /// The request for the next page; `None` on the last one.
    ///
    /// It has no header of the request that this page answers. Where one of those holds for each page,
    /// such as `ConsistencyLevel` or a preference, ask for the next page with
    /// [`Request::next_of`], or for all of them with [`Request::pages`].
    ///
    /// A link to another origin than the client's gives an error when it is sent, and nothing
    /// leaves: see [`Client::follow`].
    ///
    /// ```
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{Client, Page};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
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
        named(self.next_link.as_deref()).map(|link| client.follow(link))
    }

    /// The request for what changed since this page was read; `None` if the service gave no delta
    /// link, which only the last page of a delta query has.
    ///
    /// It has no header of the request that this page answers; see [`Request::delta_of`].
    pub fn delta(&self, client: &Client) -> Option<Request<Self>> {
        named(self.delta_link.as_deref()).map(|link| client.follow(link))
    }
}

impl<T> Request<Page<T>> {
    /// The request for the page after one that answers this request; `None` if it is the last one.
    ///
    /// What the headers of this request ask for holds there, too: `ConsistencyLevel`, preferences,
    /// languages, headers of the caller's own, but no condition such as `If-None-Match`. So does its
    /// timeout. [`pages`](Self::pages), [`items`](Self::items) and [`all`](Self::all) do the same.
    ///
    /// ```
    /// use schemacrate_runtime::Client;
    /// use schemacrate_runtime::transport::Replay;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"{"value":["a"],"@odata.nextLink":"tags?$skip=1"}"#);
    /// let client = Client::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let request = client.resource("tags").list::<String>().eventual();
    /// let page = request.clone().await?;
    /// let next = request.next_of(&page).expect("there are more").to_http()?;
    /// assert_eq!(next.uri(), "https://example.com/v1/tags?$skip=1");
    /// assert_eq!(next.headers()["ConsistencyLevel"], "eventual");
    /// # Ok(())
    /// # }
    /// ```
    pub fn next_of(&self, page: &Page<T>) -> Option<Self> {
        named(page.next_link.as_deref()).map(|link| self.followed(link))
    }

    /// The request for what changed since a page was read that answers this request; `None` if the
    /// page has no delta link. What this request asks for holds there, too, as for
    /// [`next_of`](Self::next_of).
    pub fn delta_of(&self, page: &Page<T>) -> Option<Self> {
        named(page.delta_link.as_deref()).map(|link| self.followed(link))
    }
}

/// A link, unless it is empty: some services write that on the last page.
fn named(link: Option<&str>) -> Option<&str> {
    link.filter(|link| !link.trim().is_empty())
}

/// Makes the links of a page absolute that was read from an answer, and takes away the empty ones.
/// A relative link is relative to the context URL, else to the address of the answer (JSON Format 4.01,
/// section 4.3). If the answer came by way of another origin, its links are marked.
pub(crate) fn settle(object: &mut dyn Structured, answered: &Answered<'_>) {
    if !is_page(object.shape()) {
        return;
    }
    for index in LINKS.iter().filter_map(|name| PAGE.find(name)) {
        let View::Str(link) = object.view(index) else { continue };
        let settled = match named(Some(link)) {
            None => None,
            Some(link) if link::is_absolute(link) && !answered.is_foreign() => continue,
            Some(link) => {
                let root = Some(answered.client().root()).filter(|_| answered.is_foreign());
                let whole =
                    base(object, answered).and_then(|base| link::absolute(&base, link, root));
                Some(whole.unwrap_or_else(|| link.to_owned()))
            }
        };
        if let Slot::String(place) = object.slot(index) {
            *place = settled;
        }
    }
}

/// The address that the links of a page are relative to.
fn base(page: &dyn Structured, answered: &Answered<'_>) -> Option<Url> {
    let url = answered.url()?;
    let context = PAGE.find("@odata.context").map(|index| page.view(index));
    match context {
        // Nothing is relative to an address such as `urn:x`.
        Some(View::Str(context)) => {
            let base = url.join(context).ok().filter(|base| !base.cannot_be_a_base());
            Some(base.unwrap_or(url))
        }
        _ => Some(url),
    }
}
