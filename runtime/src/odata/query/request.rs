//! The query options of a request, typed by its result.
//!
//! Enters: expressions over the properties of a generated struct. Leaves: the request with its options set.
//! It knows no particular schema.

use crate::odata::count::Count;
use crate::odata::page::Page;
use crate::odata::query::{IntoExpand, IntoFilter, IntoOrder, Queried, Queryable, Selection};
use crate::web::request::Request;

/// The methods on a request for objects. `P` below is the struct with the constants of their
/// properties.
///
/// ```
/// use schemacrate_runtime::query::{Property, Queryable};
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{ServiceClient, Page, Request};
/// # use schemacrate_runtime::codegen::{Shape, Slot, Structured, View};
/// # use schemacrate_runtime::model::Additional;
/// # #[derive(Default)] struct User { additional: Additional }
/// # impl Structured for User {
/// #     fn shape(&self) -> &'static Shape { const { &Shape::odata("User", &[]) } }
/// #     fn slot(&mut self, _: usize) -> Slot<'_> { Slot::Additional(&mut self.additional) }
/// #     fn view(&self, _: usize) -> View<'_> { View::Additional(&self.additional) }
/// # }
/// # schemacrate_runtime::structured!(User);
/// # impl User {
/// #     const NAME: Property<User, String> = Property::new("name");
/// #     const AGE: Property<User, i32> = Property::new("age");
/// # }
///
/// let client = ServiceClient::builder("https://example.com/v1").transport(Replay::new()).build()?;
/// let users: Request<Page<User>> = client.resource("users").list();
/// let request = users
///     .select((User::NAME, User::AGE))
///     .filter(User::AGE.ge(18))
///     .filter(User::NAME.starts_with("O'").or(User::NAME.eq("Ada")))
///     .order_by((User::AGE.descending(), User::NAME))
///     .top(10)
///     .count();
/// assert_eq!(
///     request.to_http()?.uri(),
///     "https://example.com/v1/users?$select=name,age\
///      &$filter=age%20ge%2018%20and%20(startswith(name,%27O%27%27%27)%20or%20name%20eq%20%27Ada%27)\
///      &$orderby=age%20desc,name&$top=10&$count=true",
/// );
/// # Ok::<(), schemacrate_runtime::Error>(())
/// ```
impl<T: Queried> Request<T> {
    /// Only these members of each object; more with each call (`$select`).
    pub fn select(self, members: impl Selection<T::Properties>) -> Self {
        self.extended("$select", &members.text())
    }

    /// Related objects along with each object; more with each call (`$expand`).
    pub fn expand(self, navigation: impl IntoExpand<T::Properties>) -> Self {
        let expand = navigation.into_expand();
        self.extended("$expand", expand.as_str()).failing(expand.failure())
    }
}

impl<T: Queryable> Request<Page<T>> {
    /// Only the objects for which this holds (`$filter`). After further calls, all conditions must hold:
    /// they are combined by `and`. For `or`, combine them in one call:
    /// `.filter(a.or(b))`.
    pub fn filter(self, filter: impl IntoFilter<T::Properties>) -> Self {
        let filter = filter.into_filter();
        let filtered = self.conditioned("$filter", filter.as_str(), filter.is_loose());
        filtered.failing(filter.failure())
    }

    /// Sorted by this, and with each further call by that where the previous ones are equal
    /// (`$orderby`).
    pub fn order_by(self, order: impl IntoOrder<T::Properties>) -> Self {
        let order = order.into_order();
        self.extended("$orderby", order.as_str()).failing(order.failure())
    }
}

impl<T> Request<Page<T>> {
    /// Asks for at most so many objects (`$top`); the last call counts.
    ///
    /// In the standard this is a limit for all pages together. Microsoft Graph takes it as the size of one
    /// page and goes on to the next, so [`items`](Self::items), [`pages`](Self::pages) and
    /// [`all`](Self::all) read everything there. To stop after so many objects at any service, take so
    /// many items; to ask a service that keeps to the standard for smaller pages, use
    /// [`max_page_size`](Self::max_page_size).
    ///
    /// ```
    /// use schemacrate_runtime::ServiceClient;
    /// use schemacrate_runtime::transport::Replay;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// // A service for which `$top` is the size of a page.
    /// let service = Replay::new();
    /// service.answer(200, r#"{"value":["a","b"],"@odata.nextLink":"tags?$top=2&$skip=2"}"#);
    /// service.answer(200, r#"{"value":["c","d"],"@odata.nextLink":"tags?$top=2&$skip=4"}"#);
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service.clone()).build()?;
    ///
    /// let mut tags = client.resource("tags").list::<String>().top(2).items().take(3);
    /// let mut read = String::new();
    /// while let Some(tag) = tags.next().await {
    ///     read.push_str(&tag?);
    /// }
    /// assert_eq!(read, "abc");
    /// assert_eq!(service.requests().len(), 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn top(self, count: u64) -> Self {
        self.set("$top", &count.to_string())
    }

    /// Without the first ones (`$skip`).
    pub fn skip(self, count: u64) -> Self {
        self.set("$skip", &count.to_string())
    }

    /// Only the objects that match a search, in the search syntax of the service (`$search`). Text of a user
    /// is a [`phrase`](crate::query::phrase) in it.
    pub fn search(self, search: impl AsRef<str>) -> Self {
        self.set("$search", search.as_ref())
    }

    /// With the number of all objects in [`Page::count`] (`$count=true`).
    pub fn count(self) -> Self {
        self.set("$count", "true")
    }

    /// With properties that the service computes, such as `price mul 2 as double` (`$compute`).
    pub fn compute(self, expressions: impl AsRef<str>) -> Self {
        self.extended("$compute", expressions.as_ref())
    }

    /// The result of transformations, such as `groupby((city))` (`$apply`). Read it as another type
    /// with [`expect`](Self::expect) if it does not consist of the objects.
    pub fn apply(self, transformations: impl AsRef<str>) -> Self {
        self.set("$apply", transformations.as_ref())
    }

    /// Asks for pages of at most so many objects; the service may ignore it.
    pub fn max_page_size(self, objects: u32) -> Self {
        self.prefer(format!("odata.maxpagesize={objects}"))
    }
}

impl<T: Queryable> Request<Count<T>> {
    /// Counts only the objects for which this holds (`$filter`), and after further calls only those for
    /// which all conditions hold.
    pub fn filter(self, filter: impl IntoFilter<T::Properties>) -> Self {
        let filter = filter.into_filter();
        let filtered = self.conditioned("$filter", filter.as_str(), filter.is_loose());
        filtered.failing(filter.failure())
    }
}

impl<T> Request<Count<T>> {
    /// Counts only the objects that match a search (`$search`), which may be a
    /// [`phrase`](crate::query::phrase).
    pub fn search(self, search: impl AsRef<str>) -> Self {
        self.set("$search", search.as_ref())
    }
}
