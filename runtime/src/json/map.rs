//! Objects whose members have any names, and members that are not declared by name.
//!
//! Enters: maps. Leaves: places for their entries, and views of them.
//! Must not know: the types of the entries, or how they are read.

use super::{Kind, Slot, Value, View};
use indexmap::IndexMap;

/// A place for a map.
pub trait MapSlot {
    /// Makes the place an empty map, or leaves it without one.
    fn start(&mut self, is_there: bool);

    /// Sets an entry that `decode` reads; `decode` returns whether there was one to read. Returns whether the
    /// entry could be kept: null can be kept only where entries may be null.
    fn insert(&mut self, name: &str, decode: &mut dyn FnMut(Slot<'_>) -> bool) -> bool;

    /// Removes an entry.
    fn remove(&mut self, name: &str);
}

/// A map to encode.
pub trait MapView {
    /// How many entries there are.
    fn len(&self) -> usize;

    /// Whether there are no entries.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry at an index, in order.
    fn get(&self, index: usize) -> Option<(&str, View<'_>)>;

    /// The entry with a name.
    fn find(&self, name: &str) -> Option<View<'_>>;
}

impl dyn MapView + '_ {
    /// All entries, in order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, View<'_>)> {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}

/// The kind of maps.
#[derive(Debug)]
pub struct Mapping;

impl<T: Value> MapSlot for IndexMap<String, T> {
    fn start(&mut self, _is_there: bool) {
        self.clear();
    }

    fn insert(&mut self, name: &str, decode: &mut dyn FnMut(Slot<'_>) -> bool) -> bool {
        let mut place = None;
        decode(T::slot(&mut place));
        let Some(value) = place else { return false };
        Self::insert(self, name.to_owned(), value);
        true
    }

    fn remove(&mut self, name: &str) {
        self.shift_remove(name);
    }
}

/// Maps whose entries may be null.
impl<T: Value> MapSlot for IndexMap<String, Option<T>> {
    fn start(&mut self, _is_there: bool) {
        self.clear();
    }

    fn insert(&mut self, name: &str, decode: &mut dyn FnMut(Slot<'_>) -> bool) -> bool {
        let mut place = None;
        if decode(T::slot(&mut place)) {
            Self::insert(self, name.to_owned(), place);
        }
        true
    }

    fn remove(&mut self, name: &str) {
        self.shift_remove(name);
    }
}

impl<M: MapSlot + Default> MapSlot for Option<M> {
    fn start(&mut self, is_there: bool) {
        *self = is_there.then(M::default);
    }

    fn insert(&mut self, name: &str, decode: &mut dyn FnMut(Slot<'_>) -> bool) -> bool {
        // A map is created before entries are set.
        self.as_mut().is_some_and(|map| map.insert(name, decode))
    }

    fn remove(&mut self, name: &str) {
        if let Some(map) = self {
            map.remove(name);
        }
    }
}

macro_rules! map {
    ($value:ident => $item:ty, $view:expr) => {
        impl<T: Value> MapView for IndexMap<String, $item> {
            fn len(&self) -> usize {
                Self::len(self)
            }

            fn get(&self, index: usize) -> Option<(&str, View<'_>)> {
                self.get_index(index).map(|(name, $value)| (name.as_str(), $view))
            }

            fn find(&self, name: &str) -> Option<View<'_>> {
                Self::get(self, name).map(|$value| $view)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T: Value> Value for IndexMap<String, $item> {
            type Kind = Mapping;
        }

        impl<T: Value> Kind<IndexMap<String, $item>> for Mapping {
            #[inline]
            fn slot(place: &mut Option<IndexMap<String, $item>>) -> Slot<'_> {
                Slot::Map(place)
            }

            #[inline]
            fn view(value: &IndexMap<String, $item>) -> View<'_> {
                View::Map(value)
            }
        }
    };
}

map!(value => T, value.view());
map!(value => Option<T>, value.as_ref().map_or(View::Null, T::view));

/// The place of members that are not declared by name.
#[inline]
pub fn entries_slot<M: MapSlot>(place: &mut M) -> Slot<'_> {
    Slot::Entries(place)
}

/// The members that are not declared by name.
#[inline]
pub fn entries_view<M: MapView>(map: &M) -> View<'_> {
    if map.is_empty() { View::Absent } else { View::Entries(map) }
}
