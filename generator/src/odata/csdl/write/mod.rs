//! Documents as text.

mod json;
mod ordered;
mod xml;

pub use json::json;
pub use xml::xml;
