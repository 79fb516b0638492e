//! Changes to objects whose type may be derived from the declared one.

use crate::json::Update;
use crate::odata::annotations::{NEWER_TYPE, TYPE};
use crate::odata::query::DerivedFrom;

/// The update of a struct: what a generated crate calls `…Update`.
pub trait UpdateOf: AsRef<Update> {
    /// The struct.
    type Object;
}

/// Changes to an object `B`, or to one of a type derived from it.
///
/// The update of a derived type names its type (`@odata.type`), because the service would otherwise take it
/// for one of the declared type (JSON Format 4.01, section 4.6.3).
///
/// ```
/// use schemacrate_runtime::model::{ChangesTo, Update, UpdateOf};
/// use schemacrate_runtime::query::{DerivedFrom, Queryable};
///
/// struct Animal;
/// struct Dog;
/// struct DogUpdate(Update);
/// impl Queryable for Animal { type Properties = Self; }
/// impl Queryable for Dog { type Properties = Self; }
/// impl DerivedFrom<Animal> for Dog { const NAME: &'static str = "zoo.dog"; }
/// impl AsRef<Update> for DogUpdate { fn as_ref(&self) -> &Update { &self.0 } }
/// impl UpdateOf for DogUpdate { type Object = Dog; }
///
/// let mut changes = Update::default();
/// changes.set("barks", &true);
/// let changes = ChangesTo::<Animal>::into_changes(DogUpdate(changes));
/// assert_eq!(changes.to_json(), br##"{"@odata.type":"#zoo.dog","barks":true}"##);
/// ```
pub trait ChangesTo<B> {
    /// The JSON object that is sent where a `B` is declared.
    fn into_changes(self) -> Update;
}

impl<B, C: UpdateOf> ChangesTo<B> for C
where
    C::Object: DerivedFrom<B>,
{
    fn into_changes(self) -> Update {
        let mut update = self.as_ref().clone();
        if <C::Object as DerivedFrom<B>>::IS_OTHER {
            update.name_type(<C::Object as DerivedFrom<B>>::NAME);
        }
        update
    }
}

impl Update {
    /// Writes the type of the changed object before everything else, unless it is already there.
    fn name_type(&mut self, name: &str) {
        if self.get(TYPE).is_none() && self.get(NEWER_TYPE).is_none() {
            self.set_first(TYPE, format!("#{name}").into());
        }
    }
}
