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

/// What can be expanded of an object `O`: what [`Expand`] describes.
#[diagnostic::on_unimplemented(
    message = "expected a navigation property of `{O}`, found `{Self}`",
    label = "not a navigation property of `{O}`",
    note = "a structural property needs no `expand`: it is in the answer, or is named in `select`",
    note = "what is related to a related object is expanded within it: \
            `.expand(User::MANAGER.with(|manager| manager.expand(User::GROUPS)))`"
)]
pub trait IntoExpand<O> {
    /// What is expanded.
    fn into_expand(self) -> Expand<O>;
}

#[diagnostic::do_not_recommend]
impl<O, V: Into<Expand<O>>> IntoExpand<O> for V {
    fn into_expand(self) -> Expand<O> {
        self.into()
    }
}

impl<O, T> From<Navigation<O, T>> for Expand<O> {
    fn from(navigation: Navigation<O, T>) -> Self {
        Self::from_text(navigation.as_str().to_owned())
    }
}

impl<O> From<&str> for Expand<O> {
    fn from(text: &str) -> Self {
        Self::from_text(text.to_owned())
    }
}

impl<O> From<String> for Expand<O> {
    fn from(text: String) -> Self {
        Self::from_text(text)
    }
}

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
