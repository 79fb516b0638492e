//! A list page by page, or item after item.
//!
//! Enters: a request for a first page. Leaves: the pages in order, each requested when it is needed. A stream
//! holds one page at a time, and eight bytes for each page before it, so that it recognises an address that was
//! requested already: such a list would never end.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::paging::{self, Paging};
use crate::json::Value;
use crate::web::credential::BoxFuture;
use crate::web::error::{Error, ErrorKind};
use crate::web::exchange;
use crate::web::followed::Followed;
use crate::web::page_items::PageItems;
use crate::web::request::Request;
use crate::web::response::FromResponse;

/// A page of a list.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a page of a list",
    label = "has no items that are known",
    note = "the documentation of an operation names its pages, if it has any; the configuration can \
            specify them"
)]
pub trait Paged: FromResponse {
    /// An item.
    type Item;

    /// The items of the page.
    fn items(&self) -> &[Self::Item];

    /// The items alone.
    fn into_items(self) -> Vec<Self::Item>;
}

impl<T: Value> Paged for Vec<T> {
    type Item = T;

    fn items(&self) -> &[T] {
        self
    }

    fn into_items(self) -> Self {
        self
    }
}

/// Where there may be nothing in place of a page, that is one without items.
impl<T: Paged> Paged for Option<T>
where
    Self: FromResponse,
{
    type Item = T::Item;

    fn items(&self) -> &[T::Item] {
        self.as_ref().map(T::items).unwrap_or_default()
    }

    fn into_items(self) -> Vec<T::Item> {
        self.map(T::into_items).unwrap_or_default()
    }
}

/// The pages of a list, as a [`Stream`]: see [`Request::pages`].
#[must_use = "a stream does nothing until it is polled: call `next`"]
pub struct Pages<T> {
    paging: Option<&'static Paging>,
    followed: Followed,
    state: State<T>,
}

/// A page, and the request for the next one.
type Turned<T> = (T, Option<Request<T>>);

enum State<T> {
    Next(Box<Request<T>>),
    Waiting(BoxFuture<'static, Result<Turned<T>, Error>>),
    /// The address of the next page is faulty.
    Failed(Error),
    Done,
}

/// The items of a list, as a [`Stream`]: see [`Request::items`].
#[must_use = "a stream does nothing until it is polled: call `next`"]
pub struct Items<T: Paged> {
    pages: Pages<T>,
    items: PageItems<T::Item>,
}

impl<T: Paged + Send + 'static> Request<T> {
    /// All pages, from this one on, by the rule of the operation. The next one is requested only when it is
    /// needed, with the headers and settings of this request.
    ///
    /// If there is no rule, an error is the only item. So it is, after the page that has it, if an address was
    /// requested before: the pages would never end. A link to another origin is not followed.
    ///
    /// ```
    /// use schemacrate_runtime::codegen::{Invocation, Operation, Paging};
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{Request, ServiceClient, bytes::Bytes, http};
    ///
    /// // A generated crate has this for a list whose next page is in the header `Link`.
    /// const TAGS: Operation = Operation::new("GET", "/tags").with_paging(&Paging::link_header());
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// let first = http::Response::builder().header("link", r#"</tags?after=b>; rel="next""#);
    /// service.respond(first.body(Bytes::from(r#"["a","b"]"#)).expect("a response"));
    /// service.answer(200, r#"["c"]"#);
    /// let client = ServiceClient::builder("https://example.com").transport(service).build()?;
    ///
    /// let tags: Request<Vec<String>> = Invocation::new(&client, &TAGS).request();
    /// let mut pages = tags.pages();
    /// let mut sizes = Vec::new();
    /// while let Some(page) = pages.next().await {
    ///     sizes.push(page?.len());
    /// }
    /// assert_eq!(sizes, [2, 1]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages(self) -> Pages<T> {
        let paging = paging::of(&self);
        let mut followed = Followed::default();
        followed.insert(&self);
        let state = match paging {
            Some(_) => State::Next(Box::new(self)),
            None => State::Failed(self.described(Error::new(
                ErrorKind::Request,
                "how its pages follow one another is not known: the document does not specify it, and \
                 neither does the configuration of the generated crate",
            ))),
        };
        Pages { paging, followed, state }
    }

    /// All items, from this page on, wherever one page ends and the next begins: see [`pages`](Self::pages).
    ///
    /// ```
    /// use schemacrate_runtime::codegen::{Invocation, Operation, Paging};
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{Request, ServiceClient};
    ///
    /// const TAGS: Operation = Operation::new("GET", "/tags").with_paging(&Paging::page("page", 1));
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"["a","b"]"#);
    /// service.answer(200, r#"["c"]"#);
    /// service.answer(200, "[]");
    /// let client = ServiceClient::builder("https://example.com").transport(service.clone()).build()?;
    ///
    /// let tags: Request<Vec<String>> = Invocation::new(&client, &TAGS).request();
    /// let mut items = tags.items();
    /// let mut all = String::new();
    /// while let Some(tag) = items.next().await {
    ///     all.push_str(&tag?);
    /// }
    /// assert_eq!(all, "abc");
    /// assert_eq!(service.requests()[2].uri(), "https://example.com/tags?page=3");
    /// # Ok(())
    /// # }
    /// ```
    pub fn items(self) -> Items<T> {
        Items { pages: self.pages(), items: PageItems::new() }
    }
}

/// Sends the request for a page; returns the page, and the request for the next one.
async fn send<T: Paged>(
    request: Request<T>,
    paging: Option<&'static Paging>,
) -> Result<Turned<T>, Error> {
    let answer = exchange::send(request.client(), request.call()).await?;
    let page = request.read(&answer)?;
    let answered = answer.to(request.client(), request.call());
    let next = paging.and_then(|paging| paging.next(&request, &answered, page.items().len()));
    Ok((page, next))
}

impl<T: Paged + Send + 'static> Pages<T> {
    /// The next page; `None` after the last one. An error ends the pages.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// What comes after a page.
    fn after(&mut self, next: Option<Request<T>>) -> State<T> {
        match next {
            None => State::Done,
            Some(next) if self.followed.insert(&next) => State::Next(Box::new(next)),
            Some(next) => {
                let why = "the next page is one that was requested before, so the list would never end; \
                           what was read so far may be all there is, or not";
                State::Failed(next.described(Error::new(ErrorKind::Decode, why)))
            }
        }
    }
}

impl<T: Paged> Items<T> {
    /// The first items only, at most so many. Pages after them are not requested.
    pub fn take(mut self, items: usize) -> Self {
        self.items.limit(items);
        self
    }
}

impl<T: Paged + Send + 'static> Items<T> {
    /// The next item; `None` after the last one. An error ends the items.
    pub async fn next(&mut self) -> Option<Result<T::Item, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T: Paged + Send + 'static> Stream for Pages<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Next(request) => {
                    self.state = State::Waiting(Box::pin(send(*request, self.paging)));
                }
                State::Waiting(mut answer) => {
                    let Poll::Ready(answer) = answer.as_mut().poll(context) else {
                        self.state = State::Waiting(answer);
                        return Poll::Pending;
                    };
                    return Poll::Ready(Some(answer.map(|(page, next)| {
                        self.state = self.after(next);
                        page
                    })));
                }
                State::Failed(error) => return Poll::Ready(Some(Err(error))),
                State::Done => return Poll::Ready(None),
            }
        }
    }
}

impl<T: Paged + Send + 'static> Stream for Items<T> {
    type Item = Result<T::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { pages, items } = &mut *self;
        items.poll_next(|| {
            let page = Pin::new(&mut *pages).poll_next(context);
            page.map(|page| page.map(|page| page.map(Paged::into_items)))
        })
    }
}

// Nothing in them is pinned: the request that is under way is in its own box.
impl<T> Unpin for Pages<T> {}
impl<T: Paged> Unpin for Items<T> {}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.state {
            State::Next(_) | State::Failed(_) => "Pages(at rest)",
            State::Waiting(_) => "Pages(waiting)",
            State::Done => "Pages(done)",
        })
    }
}

impl<T: Paged> fmt::Debug for Items<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Items({} at hand, {:?})", self.items.at_hand(), self.pages)
    }
}
