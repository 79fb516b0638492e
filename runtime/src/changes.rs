//! What changed since a collection was last read (OData protocol 4.01, section 11.3).
//!
//! What enters is a request whose last page has a delta link, what leaves are the changes and that
//! link. It holds one page at a time.

use std::fmt;

use crate::client::Client;
use crate::error::Error;
use crate::model::{Page, Untyped, Value, View};
use crate::pages::Pages;
use crate::request::Request;

/// One round of changes; see [`Request::changes`].
#[must_use = "nothing is read until `next` is called"]
pub struct Changes<T> {
    pages: Pages<T>,
    page: std::vec::IntoIter<T>,
    delta_link: Option<String>,
}

/// A change to an item of a collection.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<T> {
    /// The item was added or changed; of a changed one perhaps only the members that differ are
    /// there.
    Present(T),
    /// The item was removed. Of it most often only the key is there.
    Removed {
        /// What is left of the item.
        item: T,
        /// Why: `deleted`, or `changed` if it no longer belongs to the collection.
        reason: Option<String>,
    },
}

impl<T: Value + Send + 'static> Request<Page<T>> {
    /// The changes, through all pages of this round. When they are at their end, the link for the
    /// next round is at hand.
    ///
    /// ```
    /// use odatagen_runtime::model::Untyped;
    /// use odatagen_runtime::transport::Replay;
    /// use odatagen_runtime::{Change, Client, Page};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), odatagen_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"{"value":[{"id":"1"},{"id":"2","@removed":{"reason":"deleted"}}],
    ///     "@odata.deltaLink":"https://example.com/v1/users/delta?$deltatoken=a"}"#);
    /// service.answer(200, r#"{"value":[],
    ///     "@odata.deltaLink":"https://example.com/v1/users/delta?$deltatoken=b"}"#);
    /// let client = Client::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let mut changes = client.resource("users").child("delta").list::<Untyped>().changes();
    /// let first = changes.next().await.expect("a change")?;
    /// assert!(matches!(first, Change::Present(_)));
    /// let second = changes.next().await.expect("another")?;
    /// assert!(matches!(second, Change::Removed { reason: Some(why), .. } if why == "deleted"));
    /// assert!(changes.next().await.is_none());
    ///
    /// // The link can be stored, and followed days later.
    /// let link = changes.delta_link().expect("the round is over").to_owned();
    /// let mut later = client.follow::<Page<Untyped>>(&link).changes();
    /// assert!(later.next().await.is_none());
    /// # Ok(())
    /// # }
    /// ```
    pub fn changes(self) -> Changes<T> {
        Changes { pages: self.pages(), page: Vec::new().into_iter(), delta_link: None }
    }
}

impl<T: Value + Send + 'static> Changes<T> {
    /// The next change; `None` at the end of the round. An error ends the round.
    pub async fn next(&mut self) -> Option<Result<Change<T>, Error>> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(change(item)));
            }
            match self.pages.next().await? {
                Ok(page) => {
                    self.delta_link = page.delta_link;
                    self.page = page.value.into_iter();
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// All changes of the round.
    ///
    /// # Errors
    ///
    /// As for [`Request::send`] of any of the pages.
    pub async fn all(&mut self) -> Result<Vec<Change<T>>, Error> {
        let mut all = Vec::new();
        while let Some(change) = self.next().await {
            all.push(change?);
        }
        Ok(all)
    }

    /// Where the next round begins. It is known when the last page of this round was read.
    #[must_use]
    pub fn delta_link(&self) -> Option<&str> {
        self.delta_link.as_deref()
    }

    /// The next round, if this one is over.
    #[must_use]
    pub fn next_round(&self, client: &Client) -> Option<Self> {
        let link = self.delta_link.as_deref()?;
        Some(client.follow::<Page<T>>(link).changes())
    }
}

/// Whether an item says of itself that it was removed.
fn change<T: Value>(item: T) -> Change<T> {
    let removed = match item.view() {
        View::Object(object, _) => {
            let additional = object.additional();
            additional.get("@removed").or_else(|| additional.get("@odata.removed")).cloned()
        }
        View::Untyped(value) => value
            .value()
            .as_object()
            .and_then(|object| object.get("@removed").cloned())
            .map(Untyped::from),
        _ => None,
    };
    match removed {
        Some(removed) => {
            let reason =
                removed.value().get("reason").and_then(|one| one.as_str().map(str::to_owned));
            Change::Removed { item, reason }
        }
        None => Change::Present(item),
    }
}

impl<T> fmt::Debug for Changes<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Changes({} at hand, {:?})", self.page.len(), self.pages)
    }
}
