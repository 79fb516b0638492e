//! The schema from which the crate `generated` is made, as data.
//!
//! ```
//! assert!(schema::DOCUMENT.contains("deviceConfigurationUserStatus"));
//! ```

/// The CSDL document.
pub const DOCUMENT: &str = include_str!("graph.csdl");

/// The configuration of the generator.
pub const CONFIGURATION: &str = include_str!("schemacrate.toml");

/// A digest that changes with every input of the generator.
pub const REVISION: &str = env!("SCHEMA_REVISION");
