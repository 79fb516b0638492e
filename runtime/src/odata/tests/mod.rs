//! Tests of how JSON is read and written as OData types.

mod copy;
mod decode;
#[cfg(feature = "serde")]
mod hierarchy;
#[cfg(feature = "serde")]
mod keep;
pub(crate) mod specimen;
pub(crate) mod structure;
