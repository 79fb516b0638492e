//! What `$expand` takes.

use std::fmt;
use std::marker::PhantomData;

use crate::json::Fault;

use super::options::Options;
use super::property::Navigation;

/// Related objects that are returned with an object `O`: a navigation property, one
/// [with options](Navigation::with), or unchecked text.
pub struct Expand<O> {
    text: String,
    fault: Option<Box<Fault>>,
    marker: PhantomData<fn(O)>,
}

impl<O> Expand<O> {
    pub(super) fn from_text(text: String) -> Self {
        Self { text, fault: None, marker: PhantomData }
    }

    /// A navigation property with the options that are set, if any.
    pub(super) fn with_options<P>(path: &str, options: &Options<P>) -> Self {
        let fault = options.failure().cloned().map(Box::new);
        let options = options.to_text();
        if options.is_empty() {
            return Self::from_text(path.to_owned());
        }
        Self { fault, ..Self::from_text(format!("{path}({options})")) }
    }

    /// Why it cannot be sent.
    pub(in crate::odata) fn failure(&self) -> Option<&Fault> {
        self.fault.as_deref()
    }

    /// The text as it is in the query option, not percent-encoded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// What can be expanded of an object `O`: what [`Expand`] describes, or several of these in a tuple, array or
/// `Vec`.
///
/// ```
/// use schemacrate_runtime::query::{IntoExpand, Navigation, Queryable};
///
/// struct User;
/// struct Team;
/// impl Queryable for User { type Properties = Self; }
/// impl Queryable for Team { type Properties = Self; }
///
/// const MANAGER: Navigation<User, User> = Navigation::new("manager");
/// const TEAMS: Navigation<User, Team> = Navigation::new("teams");
/// let expand = (MANAGER, TEAMS.with(|teams| teams.top(3))).into_expand();
/// assert_eq!(expand.as_str(), "manager,teams($top=3)");
/// ```
#[diagnostic::on_unimplemented(
    message = "expected a navigation property of `{O}`, found `{Self}`",
    label = "not a navigation property of `{O}`",
    note = "navigation properties are expanded, several as a tuple: \
            `.expand((User::MANAGER, User::GROUPS))`",
    note = "a structural property needs no `expand`: it is in the answer, or is named in `select`",
    note = "what is related to a related object is expanded within it: \
            `.expand(User::MANAGER.with(|manager| manager.expand(User::GROUPS)))`"
)]
pub trait IntoExpand<O> {
    /// What is expanded.
    fn into_expand(self) -> Expand<O>;
}

#[diagnostic::do_not_recommend]
impl<O> IntoExpand<O> for Expand<O> {
    fn into_expand(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<O, T> IntoExpand<O> for Navigation<O, T> {
    fn into_expand(self) -> Expand<O> {
        Expand::from_text(self.as_str().to_owned())
    }
}

#[diagnostic::do_not_recommend]
impl<O> IntoExpand<O> for &str {
    fn into_expand(self) -> Expand<O> {
        Expand::from_text(self.to_owned())
    }
}

#[diagnostic::do_not_recommend]
impl<O> IntoExpand<O> for String {
    fn into_expand(self) -> Expand<O> {
        Expand::from_text(self)
    }
}

#[diagnostic::do_not_recommend]
impl<O, E: IntoExpand<O>, const N: usize> IntoExpand<O> for [E; N] {
    fn into_expand(self) -> Expand<O> {
        joined(self.map(IntoExpand::into_expand))
    }
}

#[diagnostic::do_not_recommend]
impl<O, E: IntoExpand<O>> IntoExpand<O> for Vec<E> {
    fn into_expand(self) -> Expand<O> {
        joined(self.into_iter().map(IntoExpand::into_expand))
    }
}

fn joined<O>(parts: impl IntoIterator<Item = Expand<O>>) -> Expand<O> {
    let mut parts = parts.into_iter();
    let first = parts.next().unwrap_or_else(|| Expand::from_text(String::new()));
    parts.fold(first, |mut all, next| {
        all.text.push(',');
        all.text.push_str(&next.text);
        Expand { fault: all.fault.or(next.fault), ..Expand::from_text(all.text) }
    })
}

/// A tuple may mix navigation properties to different types, with and without options.
macro_rules! tuple {
    ($($name:ident)+) => {
        #[diagnostic::do_not_recommend]
        impl<O, $($name: IntoExpand<O>),+> IntoExpand<O> for ($($name,)+) {
            fn into_expand(self) -> Expand<O> {
                #[allow(non_snake_case)] // The variables have the names of their types.
                let ($($name,)+) = self;
                joined([$($name.into_expand()),+])
            }
        }
    };
}

super::tuples!(tuple);

impl<O> Clone for Expand<O> {
    fn clone(&self) -> Self {
        Self { fault: self.fault.clone(), ..Self::from_text(self.text.clone()) }
    }
}

impl<O> fmt::Debug for Expand<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Expand(…)")
    }
}
