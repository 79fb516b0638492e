//! What changed since a collection was last read (OData protocol 4.01, section 11.3).
//!
//! Enters: a request whose last page has a delta link. Leaves: the changes and that link. It holds one page
//! at a time.

use std::fmt;

use serde_json::value::RawValue;

use crate::json::members::Members;
use crate::json::{Structured, Untyped, Value, View};
use crate::odata::page::Page;
use crate::odata::paging::{MAX_ITEMS, Pages};
use crate::web::client::ServiceClient;
use crate::web::credential::BoxFuture;
use crate::web::error::Error;
use crate::web::request::Request;

/// One round of changes; see [`Request::changes`].
#[must_use = "nothing is read until `next` is called"]
pub struct Changes<T> {
    pages: Pages<T>,
    page: std::vec::IntoIter<T>,
    delta_link: Option<String>,
}

/// A change to an item of a collection, or to a link between two entities.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Change<T> {
    /// The item was added or changed; a changed one may have only the members that differ.
    Present(T),
    /// The item was removed. Usually only its key is left.
    Removed {
        /// What is left of the item. OData 4.0 has a special entry in its place, with the members
        /// `id` and `reason`; if the item has a property `id`, that is the id of the entity.
        item: T,
        /// The id of the entity, usually its URL, if the service sent it.
        id: Option<String>,
        /// The reason: `deleted`, or `changed` if it no longer belongs to the collection.
        reason: Option<String>,
    },
    /// An entity now refers to another one.
    LinkAdded {
        /// The id of the entity that refers.
        source: String,
        /// The navigation property.
        relationship: String,
        /// The id of the entity that is referred to.
        target: String,
    },
    /// An entity no longer refers to another one.
    LinkRemoved {
        /// The id of the entity that referred.
        source: String,
        /// The navigation property.
        relationship: String,
        /// The id of the entity that was referred to; empty if the service does not send it, because
        /// the property is single-valued.
        target: String,
    },
}

impl<T: Value + Send + 'static> Request<Page<T>> {
    /// The changes, through all pages of this round. After the last one, the link for the next round is
    /// available.
    ///
    /// The headers of this request apply to each page and to the next round, as they do for
    /// [`pages`](Self::pages). A link that was stored and is followed later has none of them.
    ///
    /// ```
    /// use schemacrate_runtime::model::Untyped;
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{Change, ServiceClient, Page};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"{"value":[{"id":"1"},{"id":"2","@removed":{"reason":"deleted"}}],
    ///     "@odata.deltaLink":"https://example.com/v1/users/delta?$deltatoken=a"}"#);
    /// service.answer(200, r#"{"value":[],
    ///     "@odata.deltaLink":"https://example.com/v1/users/delta?$deltatoken=b"}"#);
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
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
                    // Before the last page of the round, it would skip what is on the pages after it.
                    let is_last =
                        page.next_link.as_deref().is_none_or(|link| link.trim().is_empty());
                    self.delta_link = page.delta_link.filter(|_| is_last);
                    self.page = page.value.into_iter();
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// All changes that are left of the round, as long as there are not more than a limit: 100,000, or what
    /// [`limit`](AllChanges::limit) sets. The first round of a large collection has all its items: read it
    /// change after change with [`next`](Self::next).
    ///
    /// ```
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{ErrorKind, ServiceClient};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"{"value":["a","b"],"@odata.deltaLink":"tags/delta?$deltatoken=a"}"#);
    /// service.answer(200, r#"{"value":["a","b"],"@odata.deltaLink":"tags/delta?$deltatoken=a"}"#);
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let tags = client.resource("tags").child("delta").list::<String>();
    /// assert_eq!(tags.clone().changes().all().await?.len(), 2);
    /// let error = tags.changes().all().limit(1).await.expect_err("there are two");
    /// assert_eq!(error.kind(), ErrorKind::TooLarge);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`Request::send`] of any of the pages; and if there are more changes than the limit,
    /// [`ErrorKind::TooLarge`](crate::ErrorKind::TooLarge).
    pub fn all(&mut self) -> AllChanges<'_, T> {
        AllChanges { changes: self, limit: MAX_ITEMS }
    }

    /// The link at which the next round begins. It is known after the last page of this round was read.
    #[must_use]
    pub fn delta_link(&self) -> Option<&str> {
        self.delta_link.as_deref()
    }

    /// The next round, if this one is over. The headers of the first request apply there,
    /// too; see [`Request::next_of`].
    #[must_use]
    pub fn next_round(&self, client: &ServiceClient) -> Option<Self> {
        let link = self.delta_link.as_deref().filter(|link| !link.trim().is_empty())?;
        let first = self.pages.first();
        // The headers for one service are not for another one.
        let next = if client.root().origin() == first.client().root().origin() {
            first.followed(link).through(client.clone())
        } else {
            client.follow(link)
        };
        Some(next.changes())
    }
}

/// All changes of a round; see [`Changes::all`].
#[must_use = "nothing is read until it is awaited"]
pub struct AllChanges<'a, T> {
    changes: &'a mut Changes<T>,
    limit: usize,
}

impl<T> AllChanges<'_, T> {
    /// Sets how many changes there may be at most; one more is an error.
    pub fn limit(mut self, changes: usize) -> Self {
        self.limit = changes;
        self
    }
}

impl<'a, T: Value + Send + 'static> IntoFuture for AllChanges<'a, T> {
    type Output = Result<Vec<Change<T>>, Error>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { changes, limit } = self;
        Box::pin(async move {
            let mut all = Vec::new();
            while let Some(change) = changes.next().await {
                if all.len() == limit {
                    return Err(changes.pages.too_many(&format!(
                        "the round has more than {limit} changes, which is the limit of `all`; set \
                         another one with `all().limit(…)`, or read change after change with `next()`"
                    )));
                }
                all.push(change?);
            }
            Ok(all)
        })
    }
}

impl<T> fmt::Debug for AllChanges<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "AllChanges(at most {}, {:?})", self.limit, self.changes)
    }
}

/// What an item of a delta response is, by an annotation (4.01) or by its context URL
/// (4.0; JSON Format 4.01, sections 15 and 4.0, section 14).
fn change<T: Value>(item: T) -> Change<T> {
    let entry = Entry::of(item.view());
    if let Some(removed) = entry.raw("@removed").or_else(|| entry.raw("@odata.removed")) {
        let why = Members::of_body(removed.as_bytes()).ok();
        let reason = why.and_then(|why| why.string("reason"));
        let id = entry.text("@odata.id").or_else(|| entry.text("@id"));
        return Change::Removed { item, id, reason };
    }
    let context = entry.text("@odata.context").or_else(|| entry.text("@context"));
    let kind = context.as_deref().and_then(|context| context.rsplit(['/', '#']).next());
    let text = |name| entry.text(name).unwrap_or_default();
    let link = || (text("source"), text("relationship"), text("target"));
    match kind {
        Some("$deletedEntity") => {
            let (id, reason) = (entry.text("id"), entry.text("reason"));
            Change::Removed { item, id, reason }
        }
        Some("$link") => {
            let (source, relationship, target) = link();
            Change::LinkAdded { source, relationship, target }
        }
        Some("$deletedLink") => {
            let (source, relationship, target) = link();
            Change::LinkRemoved { source, relationship, target }
        }
        _ => Change::Present(item),
    }
}

/// The members of an item, whatever type it is read as.
enum Entry<'a> {
    Object(&'a dyn Structured),
    Json(Members<'a>),
    Other,
}

impl<'a> Entry<'a> {
    fn of(view: View<'a>) -> Self {
        match view {
            View::Object(object, _) => Self::Object(object),
            View::Untyped(value) => {
                Members::of_body(value.text().as_bytes()).map_or(Self::Other, Self::Json)
            }
            _ => Self::Other,
        }
    }

    /// The JSON of a member that no type declares.
    fn raw(&self, name: &str) -> Option<&'a str> {
        match self {
            Self::Object(object) => object.additional().get(name).map(Untyped::text),
            Self::Json(members) => members.get(name).map(RawValue::get),
            Self::Other => None,
        }
    }

    /// A member as text, whether or not the type of the item declares it.
    fn text(&self, name: &str) -> Option<String> {
        if let Self::Object(object) = self
            && let Some(index) = object.shape().find(name)
        {
            return match object.view(index) {
                View::Str(text) => Some(text.to_owned()),
                View::Text(text) => Some(text.to_string()),
                View::Int(number) => Some(number.to_string()),
                _ => None,
            };
        }
        let raw = self.raw(name)?;
        serde_json::from_str(raw).ok().or_else(|| (raw != "null").then(|| raw.to_owned()))
    }
}

impl<T> fmt::Debug for Changes<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Changes({} at hand, {:?})", self.page.len(), self.pages)
    }
}
