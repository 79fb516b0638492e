//! Tests of what the walk of JSON makes of types of OData.

mod copy;
mod decode;
#[cfg(feature = "serde")]
mod keep;
pub(crate) mod specimen;
