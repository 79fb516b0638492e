//! Copies of objects, by way of their tables.
//!
//! Enters: the view of a value. Leaves: the same value in an empty place of its type. Must not know: any
//! particular type, so that it is compiled once; a derived `Clone` would be compiled for each type and
//! each of its members.

use super::{Hierarchy, Kind, Polymorphic, Slot, Structured, View, writer};
use std::any::Any;

/// A copy of an object: what the `Clone` of generated structs calls.
pub fn copy<T: Structured + Default>(object: &T) -> T {
    let mut copied = T::default();
    members(object, &mut copied);
    copied
}

/// A copy of an object of a hierarchy: what the `Clone` of generated hierarchies calls.
pub fn copy_hierarchy<T: Hierarchy>(object: &T) -> T {
    let mut place = None;
    value(Polymorphic::view(object), Polymorphic::slot(&mut place));
    place.unwrap_or_else(|| T::new(None))
}

/// Copies the members that are present, and what the type does not declare.
fn members(object: &dyn Structured, copied: &mut dyn Structured) {
    for (index, view) in object.present() {
        value(view, copied.slot(index));
    }
    let additional = object.additional();
    if !additional.holds_nothing() {
        copied.additional_mut().clone_from(additional);
    }
}

/// Copies a value into an empty place of its type, which is therefore one that fits the view.
fn value(view: View<'_>, slot: Slot<'_>) {
    match (slot, view) {
        (Slot::Bool(place), View::Bool(value)) => *place = Some(value),
        (Slot::Int32(place), View::Int(value)) => *place = i32::try_from(value).ok(),
        (Slot::Int64(place), View::Int(value)) => *place = Some(value),
        (Slot::Double(place), View::Double(value)) => *place = Some(value),
        (Slot::String(place), View::Str(value)) => *place = Some(value.to_owned()),
        (Slot::Untyped(place), View::Untyped(value)) => *place = Some(value.clone()),
        (Slot::Text(slot), View::Text(value)) => slot.copy(value as &dyn Any),
        (Slot::Text(slot), View::Str(name)) => {
            // A member of an enumeration, and each name is one.
            let _ = slot.set(name);
        }
        (Slot::Json(slot), view) => {
            // What a type writes, it reads.
            let _ = slot.set(&writer::text(&view));
        }
        (Slot::Object(slot), View::Object(object, _)) => members(object, slot.insert_default()),
        (Slot::Hierarchy(slot), View::Object(object, derived)) => {
            let name = derived.then_some(object.shape().name);
            members(object, slot.insert_named(name));
        }
        (Slot::Boxed(slot), view) => {
            let mut view = Some(view);
            slot.fill(&mut |slot| {
                if let Some(view) = view.take() {
                    value(view, slot);
                }
            });
        }
        (Slot::List(list), View::List(items)) => {
            list.start(true);
            for index in 0..items.len() {
                list.push(&mut |slot| {
                    value(items.get(index), slot);
                    true
                });
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::model::specimen::{AnyThing, Day, Thing};
    use crate::model::{from_json, to_json};

    const JSON: &str = r##"{"flag":true,"small":-7,"large":9007199254740993,"byte":255,"double":"INF","single":0.1,"name":"Ada","anything":{"a":[1.10]},"time":"2017-01-01T00:00:17.7769392-08:00","amount":1.250,"place":{"type":"Point","coordinates":[1.5,2]},"day":"holiday","days":"monday, holiday","next":{"name":"B","next":{"flag":false}},"parts":[{"@odata.type":"#test.thing","name":"C"},{"name":"D"},{"@odata.type":"#test.unknown","x":1}],"names":["a",null,""],"@odata.etag":"W/\"1\"","other":12345678901234567890}"##;

    #[test]
    fn a_copy_holds_all_that_the_object_holds() {
        let thing: Thing = from_json(JSON.as_bytes()).unwrap();
        let copy = thing.clone();
        assert_eq!(String::from_utf8(to_json(&copy)).unwrap(), JSON);
        assert_eq!(copy, thing);
        let parts = copy.parts.as_deref().unwrap();
        assert!(matches!(parts[0], AnyThing::Other(_)));
        assert!(matches!(parts[1], AnyThing::Thing(_)));
        assert_eq!(parts[0].clone(), parts[0]);
    }

    #[test]
    fn a_copy_of_nothing_is_empty() {
        assert_eq!(to_json(&Thing::default().clone()), b"{}");
    }

    #[test]
    fn a_change_of_a_copy_leaves_the_object_as_it_was() {
        let thing: Thing = from_json(JSON.as_bytes()).unwrap();
        let mut copy = thing.clone();
        copy.name = None;
        copy.additional.remove("other");
        assert_ne!(copy, thing);
        assert_eq!(String::from_utf8(to_json(&thing)).unwrap(), JSON);
    }

    #[test]
    fn members_of_an_enumeration_are_the_same_by_name() {
        assert_eq!(Day::Unrecognized("monday".to_owned()), Day::Monday);
        assert_ne!(Day::Unrecognized("holiday".to_owned()), Day::Monday);
        let days = std::collections::HashSet::from([Day::Monday]);
        assert!(days.contains(&Day::Unrecognized("monday".to_owned())));
    }
}
