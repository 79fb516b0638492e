//! OData URLs (OData 4.01 URL Conventions, and the ABNF beside them).
//!
//! Enters: the text of a URL or of a part of it. Leaves: a syntax tree, or where the text stops to be
//! one and what was expected there. Must not know: a schema; what a name stands for is not decided
//! here.
//!
//! ```
//! use odatagen::url::{Segment, Url};
//!
//! let url = Url::parse("users('ada')/messages?$top=5&$filter=startswith(subject,'O''Neil')")?;
//! assert_eq!(url.path.len(), 2);
//! assert!(matches!(&url.path[0], Segment::Name { name, .. } if name == "users"));
//! assert_eq!(url.options.len(), 2);
//! # Ok::<(), odatagen::url::UrlError>(())
//! ```

mod apply;
mod context;
mod cursor;
mod expression;
mod header;
mod literal;
mod path;
mod query;
mod select;

pub use context::context;
pub use cursor::UrlError;
pub use expression::{Argument, Expression, Step, any_or_all, boolean, expression, member_path};
pub use header::{header, preference};
pub use literal::{Literal, LiteralKind, literal, value};
pub use path::{Segment, Url, identifier, resource_path};
pub use query::{QueryOption, option, options};
pub use select::{ExpandItem, SelectItem};
