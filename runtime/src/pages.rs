//! A whole collection: page after page, or item after item.
//!
//! What enters is a request for a first page, what leaves are the pages in order. It holds one page at
//! a time, however long the collection is, and of the pages before it eight bytes each, so that it
//! knows a link that was followed already: such a list would never end.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::credential::BoxFuture;
use crate::error::{Error, ErrorKind};
use crate::model::{Page, Value};
use crate::request::Request;

/// The pages of a collection, as a [`Stream`]; see [`Request::pages`].
#[must_use = "a stream does nothing until it is polled: call `next`"]
pub struct Pages<T> {
    /// The request for the first page, whose headers hold for all.
    first: Box<Request<Page<T>>>,
    followed: Followed,
    state: State<T>,
}

enum State<T> {
    First,
    Next(Box<Request<Page<T>>>),
    Waiting(BoxFuture<'static, Result<Page<T>, Error>>),
    /// The link of the last page is at fault.
    Failed(Error),
    Done,
}

/// Hashes of the addresses that were asked for.
#[derive(Default)]
struct Followed {
    hasher: RandomState,
    hashes: HashSet<u64>,
}

impl Followed {
    /// Notes the address of a request. Whether it is a new one; one that is not valid is new, for its
    /// fault is told when it is sent.
    fn insert<T>(&mut self, request: &Request<T>) -> bool {
        request.url().is_none_or(|url| self.hashes.insert(self.hasher.hash_one(url.as_str())))
    }
}

/// The items of a collection, as a [`Stream`]; see [`Request::items`].
#[must_use = "a stream does nothing until it is polled: call `next`"]
pub struct Items<T> {
    pages: Pages<T>,
    page: VecDeque<T>,
}

impl<T: Value + Send + 'static> Request<Page<T>> {
    /// All pages, from this one on. The next one is asked for only when it is wanted.
    ///
    /// What the headers of this request ask for holds for each page, and so does its timeout; see
    /// [`next_of`](Self::next_of). A link that was followed before is an error
    /// ([`ErrorKind::Decode`]), after the page that has it: the pages would never end.
    ///
    /// ```
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::Client;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"{"value":["a","b"],"@odata.nextLink":"https://example.com/v1/tags?$skip=2"}"#);
    /// service.answer(200, r#"{"value":["c"]}"#);
    /// let client = Client::builder("https://example.com/v1").transport(service).build()?;
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
    /// use schemacrate_runtime::Client;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"{"value":["a","b"],"@odata.nextLink":"https://example.com/v1/tags?$skip=2"}"#);
    /// service.answer(200, r#"{"value":["c"]}"#);
    /// let client = Client::builder("https://example.com/v1").transport(service).build()?;
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
        Items { pages: self.pages(), page: VecDeque::new() }
    }

    /// All items at once.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send) of any of the pages.
    pub async fn all(self) -> Result<Vec<T>, Error> {
        let mut pages = self.pages();
        let mut all = Vec::new();
        while let Some(page) = pages.next().await {
            all.extend(page?.value);
        }
        Ok(all)
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
        loop {
            if let Some(item) = self.page.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.page = page.value.into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// Nothing in them is pinned: the request that is under way has a box of its own.
impl<T> Unpin for Pages<T> {}
impl<T> Unpin for Items<T> {}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.state {
            State::First | State::Next(_) | State::Failed(_) => "Pages(at rest)",
            State::Waiting(_) => "Pages(waiting)",
            State::Done => "Pages(done)",
        })
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Items({} at hand, {:?})", self.page.len(), self.pages)
    }
}
