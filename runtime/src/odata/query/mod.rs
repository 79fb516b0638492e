//! Query options, typed by the schema.
//!
//! Enters: the constants of generated crates, one for each property. Leaves: the text of query options, not
//! yet percent-encoded. It knows neither requests nor any particular schema.
//!
//! The type parameters ensure that expressions fit together: an [`Expression<O, T>`] is about an object `O`
//! and has a value of type `T`. A filter on users takes an `Expression<User, bool>`, so it cannot contain a
//! property of a message, nor can a string be compared with a number.
//!
//! ```
//! use schemacrate_runtime::query::{Expression, Navigation, Property, Queryable};
//! # use schemacrate_runtime::codegen::{Shape, Slot, Structured, View};
//! # use schemacrate_runtime::model::Additional;
//! # #[derive(Default)] struct User { additional: Additional }
//! # impl Structured for User {
//! #     fn shape(&self) -> &'static Shape { const { &Shape::odata("User", &[]) } }
//! #     fn slot(&mut self, _: usize) -> Slot<'_> { Slot::Additional(&mut self.additional) }
//! #     fn view(&self, _: usize) -> View<'_> { View::Additional(&self.additional) }
//! # }
//! # schemacrate_runtime::structured!(User);
//!
//! // A generated crate has these.
//! impl User {
//!     pub const NAME: Property<User, String> = Property::new("name");
//!     pub const ACTIVE: Property<User, bool> = Property::new("active");
//!     pub const PHONES: Property<User, Vec<String>> = Property::new("phones");
//!     pub const MANAGER: Navigation<User, User> = Navigation::new("manager");
//! }
//!
//! let filter = User::NAME.eq("O'Neil").and(User::ACTIVE.ne(false));
//! assert_eq!(filter.as_str(), "name eq 'O''Neil' and active ne false");
//!
//! let filter = User::PHONES.any(|phone| phone.starts_with("+49"))
//!     .or(User::MANAGER.then(User::NAME).to_lower().eq("ada"));
//! assert_eq!(filter.as_str(),
//!     "phones/any(x1:startswith(x1,'+49')) or tolower(manager/name) eq 'ada'");
//! ```

/// Calls a macro with the names of the items of a tuple, for each length that lists of what a query takes may
/// have.
macro_rules! tuples {
    ($implement:ident) => {
        $implement!(A);
        $implement!(A B);
        $implement!(A B C);
        $implement!(A B C D);
        $implement!(A B C D E);
        $implement!(A B C D E F);
        $implement!(A B C D E F G);
        $implement!(A B C D E F G H);
        $implement!(A B C D E F G H I);
        $implement!(A B C D E F G H I J);
        $implement!(A B C D E F G H I J K);
        $implement!(A B C D E F G H I J K L);
    };
}

use tuples;

mod collection;
mod expand;
mod expression;
mod functions;
mod operand;
mod options;
mod order;
mod property;
mod request;
mod search;
mod selection;

pub use self::expand::{Expand, IntoExpand};
pub use self::expression::{Expression, Filter, IntoFilter};
pub use self::functions::{Dated, Numeric, Timed, now};
pub use self::operand::IntoOperand;
pub use self::options::Options;
pub use self::order::{IntoOrder, Order};
pub use self::property::{DerivedFrom, IntoProperty, Navigation, Property};
pub use self::search::phrase;
pub use self::selection::Selection;

use crate::json::Described;
use crate::odata::count::Count;
use crate::odata::page::Page;

/// An object whose properties queries can name: a generated struct, or the enum over the types
/// derived from one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an object, so it has no properties",
    label = "has no properties",
    note = "objects are the structs of a generated crate"
)]
pub trait Queryable {
    /// The struct that has the constants.
    type Properties;

    /// The qualified name of the type, for types that are [derived](DerivedFrom) from another one. Those of
    /// generated crates have one; another type names itself in `DerivedFrom`.
    #[doc(hidden)]
    const TYPE_NAME: &'static str = panic!("a derived type has a name");
}

#[diagnostic::do_not_recommend]
impl<T: Described> Queryable for T {
    type Properties = T;

    const TYPE_NAME: &'static str = T::SHAPE.name;
}

/// An answer that holds objects, whose members can be selected and expanded.
#[diagnostic::on_unimplemented(
    message = "an answer of type `{Self}` has no properties to select or expand",
    label = "has no properties",
    note = "objects are the structs of a generated crate, alone, in a `Vec`, an `Option` or a `Page`"
)]
pub trait Queried {
    /// The struct that has the constants.
    type Properties;
}

#[diagnostic::do_not_recommend]
impl<T: Queryable> Queried for T {
    type Properties = T::Properties;
}

#[diagnostic::do_not_recommend]
impl<T: Queryable> Queried for Option<T> {
    type Properties = T::Properties;
}

#[diagnostic::do_not_recommend]
impl<T: Queryable> Queried for Vec<T> {
    type Properties = T::Properties;
}

#[diagnostic::do_not_recommend]
impl<T: Queryable> Queried for Page<T> {
    type Properties = T::Properties;
}

#[diagnostic::do_not_recommend]
impl<T: Queryable> Queried for Count<T> {
    type Properties = T::Properties;
}
