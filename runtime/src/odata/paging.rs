//! A collection page by page: the request for the next one, all pages, or item after item.
//!
//! Enters: a request for a first page, or a page as it was read. Leaves: the request for the next page, or
//! the pages in order. A page does not know which request it answers, so its links are made absolute when
//! it is read. A stream holds one page at a time, however long the collection is, and eight bytes for each
//! page before it, so that it recognises a link that was followed already: such a list would never end.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use url::Url;

use crate::json::{Slot, Structured, Value, View};
use crate::odata::frame::is_page;
use crate::odata::page::{PAGE, Page};
use crate::web::answer::Answered;
use crate::web::client::ServiceClient;
use crate::web::credential::BoxFuture;
use crate::web::error::{Error, ErrorKind};
use crate::web::followed::Followed;
use crate::web::link;
use crate::web::page_items::PageItems;
use crate::web::request::Request;

/// How many items are read at once, unless the caller sets another limit.
pub(crate) const MAX_ITEMS: usize = 100_000;

/// The members that hold a link.
const LINKS: [&str; 2] = ["@odata.nextLink", "@odata.deltaLink"];

impl<T> Page<T> {
    /// The request for the next page; `None` on the last one.
    ///
    /// It has no header of the request that this page answers. If one of them applies to each page,
    /// such as `ConsistencyLevel` or a preference, request the next page with
    /// [`Request::next_of`], or for all of them with [`Request::pages`].
    ///
    /// A link to an origin other than the client's is an error when the request is sent, and nothing
    /// is transmitted: see [`ServiceClient::follow`].
    ///
    /// ```
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{ServiceClient, Page};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"{"value":["a","b"],"@odata.nextLink":"https://example.com/v1/tags?$skip=2"}"#);
    /// service.answer(200, r#"{"value":["c"]}"#);
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
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
    pub fn next(&self, client: &ServiceClient) -> Option<Request<Self>> {
        named(self.next_link.as_deref()).map(|link| client.follow(link))
    }

    /// The request for what changed since this page was read; `None` if the service sent no delta
    /// link, which only the last page of a delta query has.
    ///
    /// It has no header of the request that this page answers; see [`Request::delta_of`].
    pub fn delta(&self, client: &ServiceClient) -> Option<Request<Self>> {
        named(self.delta_link.as_deref()).map(|link| client.follow(link))
    }
}

impl<T> Request<Page<T>> {
    /// The request for the page after one that answers this request; `None` if it is the last one.
    ///
    /// The headers of this request apply there, too: `ConsistencyLevel`, preferences,
    /// languages, the caller's own headers, but no condition such as `If-None-Match`. So does its
    /// timeout. [`pages`](Self::pages), [`items`](Self::items) and [`all`](Self::all) do the same.
    ///
    /// ```
    /// use schemacrate_runtime::ServiceClient;
    /// use schemacrate_runtime::transport::Replay;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"{"value":["a"],"@odata.nextLink":"tags?$skip=1"}"#);
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
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
    /// page has no delta link. The headers of this request apply there, too, as for
    /// [`next_of`](Self::next_of).
    pub fn delta_of(&self, page: &Page<T>) -> Option<Self> {
        named(page.delta_link.as_deref()).map(|link| self.followed(link))
    }
}

/// A link, unless it is empty: some services write that on the last page.
fn named(link: Option<&str>) -> Option<&str> {
    link.filter(|link| !link.trim().is_empty())
}

/// Makes the links of a page that was read from an answer absolute, and removes the empty ones.
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

/// The pages of a collection, as a [`Stream`]; see [`Request::pages`].
#[must_use = "a stream does nothing until it is polled: call `next`"]
pub struct Pages<T> {
    /// The request for the first page, whose headers apply to all.
    first: Box<Request<Page<T>>>,
    followed: Followed,
    state: State<T>,
}

enum State<T> {
    First,
    Next(Box<Request<Page<T>>>),
    Waiting(BoxFuture<'static, Result<Page<T>, Error>>),
    /// The link of the last page is faulty.
    Failed(Error),
    Done,
}

/// The items of a collection, as a [`Stream`]; see [`Request::items`].
#[must_use = "a stream does nothing until it is polled: call `next`"]
pub struct Items<T> {
    pages: Pages<T>,
    items: PageItems<T>,
}

/// All items of a collection, as a [`Future`]; see [`Request::all`].
#[must_use = "a future does nothing until it is awaited"]
pub struct All<T> {
    pages: Pages<T>,
    items: Vec<T>,
    limit: usize,
}

impl<T: Value + Send + 'static> Request<Page<T>> {
    /// All pages, from this one on. The next one is requested only when it is needed.
    ///
    /// The headers of this request apply to each page, and so does its timeout; see
    /// [`next_of`](Self::next_of). A link that was followed before is an error
    /// ([`ErrorKind::Decode`]), after the page that has it: the pages would never end.
    ///
    /// ```
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::ServiceClient;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"{"value":["a","b"],"@odata.nextLink":"https://example.com/v1/tags?$skip=2"}"#);
    /// service.answer(200, r#"{"value":["c"]}"#);
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let mut pages = client.resource("tags").list::<String>().pages();
    /// let mut sizes = Vec::new();
    /// while let Some(page) = pages.next().await {
    ///     sizes.push(page?.value.len());
    /// }
    /// assert_eq!(sizes, [2, 1]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages(self) -> Pages<T> {
        Pages { first: Box::new(self), followed: Followed::default(), state: State::First }
    }

    /// All items, from this page on, wherever one page ends and the next begins.
    ///
    /// ```
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::ServiceClient;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"{"value":["a","b"],"@odata.nextLink":"https://example.com/v1/tags?$skip=2"}"#);
    /// service.answer(200, r#"{"value":["c"]}"#);
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let mut tags = client.resource("tags").list::<String>().items();
    /// let mut all = String::new();
    /// while let Some(tag) = tags.next().await {
    ///     all.push_str(&tag?);
    /// }
    /// assert_eq!(all, "abc");
    /// # Ok(())
    /// # }
    /// ```
    pub fn items(self) -> Items<T> {
        Items { pages: self.pages(), items: PageItems::new() }
    }

    /// All items at once, as long as there are not more than a limit: 100,000, or what
    /// [`limit`](All::limit) sets. For lists of any length, read item after item with
    /// [`items`](Self::items), which holds one page at a time.
    ///
    /// ```
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{ErrorKind, ServiceClient};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// for _ in 0..2 {
    ///     service.answer(200, r#"{"value":["a","b"],"@odata.nextLink":"tags?$skip=2"}"#);
    ///     service.answer(200, r#"{"value":["c"]}"#);
    /// }
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let tags = client.resource("tags").list::<String>();
    /// assert_eq!(tags.clone().all().await?, ["a", "b", "c"]);
    /// let error = tags.all().limit(2).await.expect_err("there are three");
    /// assert_eq!(error.kind(), ErrorKind::TooLarge);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send) of any of the pages; and if there are more items than the limit,
    /// [`ErrorKind::TooLarge`]: no part of the list is returned for all of it.
    pub fn all(self) -> All<T> {
        All { pages: self.pages(), items: Vec::new(), limit: MAX_ITEMS }
    }
}

impl<T> All<T> {
    /// Sets how many items there may be at most; one more is an error.
    pub fn limit(mut self, items: usize) -> Self {
        self.limit = items;
        self
    }

    fn too_many(&self) -> Error {
        self.pages.too_many(&format!(
            "the list has more than {} items, which is the limit of `all`; set another one with \
             `all().limit(…)`, or read item after item with `items()`",
            self.limit
        ))
    }
}

impl<T: Value + Send + 'static> Future for All<T> {
    type Output = Result<Vec<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page))
                    if page.value.len() > self.limit.saturating_sub(self.items.len()) =>
                {
                    return Poll::Ready(Err(self.too_many()));
                }
                Some(Ok(page)) => self.items.extend(page.value),
                Some(Err(error)) => return Poll::Ready(Err(error)),
                None => return Poll::Ready(Ok(std::mem::take(&mut self.items))),
            }
        }
    }
}

impl<T> Items<T> {
    /// The first items only, at most so many. Pages after them are not requested. See
    /// [`Request::top`] for an example.
    pub fn take(mut self, items: usize) -> Self {
        self.items.limit(items);
        self
    }
}

impl<T> Pages<T> {
    /// The error of a list that is longer than it may be.
    pub(crate) fn too_many(&self, why: &str) -> Error {
        self.first.described(Error::new(ErrorKind::TooLarge, why))
    }
}

impl<T: Value + Send + 'static> Pages<T> {
    /// The next page; `None` after the last one. An error ends the pages.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The request for the first page.
    pub(crate) fn first(&self) -> &Request<Page<T>> {
        &self.first
    }

    /// What comes after a page.
    fn after(&mut self, page: &Page<T>) -> State<T> {
        match self.first.next_of(page) {
            None => State::Done,
            Some(next) if self.followed.insert(&next) => State::Next(Box::new(next)),
            Some(next) => {
                let why = "the next link of the page is one that was followed before, so the list \
                           would never end; what was read so far may be all there is, or not";
                State::Failed(next.described(Error::new(ErrorKind::Decode, why)))
            }
        }
    }
}

impl<T: Value + Send + 'static> Items<T> {
    /// The next item; `None` after the last one. An error ends the items.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T: Value + Send + 'static> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::First => {
                    let first = self.first.clone();
                    self.followed.insert(&first);
                    self.state = State::Waiting(Box::pin(first.send()));
                }
                State::Next(request) => self.state = State::Waiting(Box::pin(request.send())),
                State::Waiting(mut answer) => {
                    let Poll::Ready(page) = answer.as_mut().poll(context) else {
                        self.state = State::Waiting(answer);
                        return Poll::Pending;
                    };
                    if let Ok(page) = &page {
                        self.state = self.after(page);
                    }
                    return Poll::Ready(Some(page));
                }
                State::Failed(error) => return Poll::Ready(Some(Err(error))),
                State::Done => return Poll::Ready(None),
            }
        }
    }
}

impl<T: Value + Send + 'static> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { pages, items } = &mut *self;
        items.poll_next(|| {
            let page = Pin::new(&mut *pages).poll_next(context);
            page.map(|page| page.map(|page| page.map(|page| page.value)))
        })
    }
}

// Nothing in them is pinned: the request that is under way is in its own box.
impl<T> Unpin for Pages<T> {}
impl<T> Unpin for Items<T> {}
impl<T> Unpin for All<T> {}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.state {
            State::First | State::Next(_) | State::Failed(_) => "Pages(at rest)",
            State::Waiting(_) => "Pages(waiting)",
            State::Done => "Pages(done)",
        })
    }
}

impl<T> fmt::Debug for All<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "All({} of at most {}, {:?})", self.items.len(), self.limit, self.pages)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Items({} at hand, {:?})", self.items.at_hand(), self.pages)
    }
}
