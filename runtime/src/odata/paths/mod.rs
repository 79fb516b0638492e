//! Resources that every service has below its entities: properties, streams, references, counts.
//!
//! Enters: the path types of generated crates. Leaves: requests. Generated path types get these resources by
//! the macros `entity_path`, `media_path` and `collection_path`, so that there is one implementation and not
//! one for each type.

mod entity;
mod macros;
mod media;
mod property;
mod reference;

pub use self::entity::EntityPathExt;
pub use self::media::MediaPath;
pub use self::property::PropertyPath;
pub use self::reference::{Reference, ReferencePath, ReferencesPath};
