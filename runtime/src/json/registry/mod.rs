//! Types by their names, for programs that learn a name only at run time.
//!
//! Enters: a name or an address, and JSON. Leaves: an [`Object`], which was decoded just as a value of the type
//! is. Must not know: any particular schema, what an object names as its type.

mod object;
mod place;
mod schema_entry;
mod schemas;

pub use object::Object;
pub use place::{Place, place};
pub use schema_entry::{SchemaEntry, SchemaKind, SchemaMember, SchemaType};
pub use schemas::Schemas;
