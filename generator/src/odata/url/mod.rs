//! OData URLs (OData 4.01 URL Conventions and ABNF).
//!
//! Enters: the text of a URL or of a part of it. Leaves: a syntax tree, or where the text stops
//! being valid and what was expected there. Must not know: a schema; the meaning of names is not
//! decided here.
//!
//! The grammar is that of URLs on the wire: characters that a URL may not contain, such as a blank
//! within a string, must be percent-encoded. [`encode_strings`] does so for text that a person
//! wrote.
//!
//! ```
//! use schemacrate::internals::url::{SegmentKind, Url};
//!
//! let url = Url::parse("users('ada')/messages?$top=5&$filter=startswith(subject,'O''Neil')")?;
//! assert_eq!(url.path.len(), 2);
//! assert!(matches!(&url.path[0].kind, SegmentKind::Name { name, .. } if name == "users"));
//! assert_eq!(url.options.len(), 2);
//! # Ok::<(), schemacrate::internals::url::UrlError>(())
//! ```

mod apply;
mod context;
mod cursor;
mod encode;
mod expression;
mod header;
mod hierarchy;
mod json;
mod literal;
mod member;
mod method;
mod path;
mod query;
mod root;
mod search;
mod select;
mod spatial;

pub use apply::{
    Aggregated, AggregatedFirst, Aggregation, Grouping, Transformation, TransformationKind,
};
pub use context::{Context, ContextSegment, Member, context};
pub use cursor::{Span, UrlError};
pub use encode::encode_strings;
pub use expression::{Expression, ExpressionKind, expression, parameter_value};
pub use header::{AnnotationPattern, Header, Preference, header, preference, request_id};
pub use hierarchy::Hierarchy;
pub use json::json_string;
pub use literal::{Literal, LiteralKind, duration_literal, enumeration, literal, value};
pub use member::{Argument, Lambda, Step, StepKind, any_or_all, member_path};
pub use path::{Segment, SegmentKind, Url, function_parameter, identifier, resource_path};
pub use query::{OptionKind, OrderItem, QueryOption, option, options};
pub use search::{Search, search_expression};
pub use select::{ExpandForm, ExpandItem, SelectItem};
