//! An action that is known by name.

use super::changes::{check, checked, typed};
use crate::json::registry::Place;
use crate::json::{DecodeError, Update};
use std::fmt;

/// An action of a schema, by which the JSON of its parameters can be decoded.
#[derive(Clone, Copy)]
pub struct ActionEntry {
    name: &'static str,
    binding: Option<&'static str>,
    of_collection: bool,
    parameters: &'static [Parameter],
}

/// A parameter of an [`ActionEntry`].
#[derive(Clone, Copy)]
pub struct Parameter {
    name: &'static str,
    nullable: bool,
    place: fn() -> Place,
}

impl ActionEntry {
    /// An unbound action.
    #[must_use]
    pub const fn new(name: &'static str, parameters: &'static [Parameter]) -> Self {
        Self { name, binding: None, of_collection: false, parameters }
    }

    /// The same action, bound to a type.
    #[must_use]
    pub const fn bound_to(self, binding: &'static str) -> Self {
        Self { binding: Some(binding), of_collection: false, ..self }
    }

    /// The same action, bound to collections of a type.
    #[must_use]
    pub const fn bound_to_collection(self, binding: &'static str) -> Self {
        Self { binding: Some(binding), of_collection: true, ..self }
    }

    /// The qualified name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The qualified name of the type that the action is bound to, if it is bound.
    pub fn binding(&self) -> Option<&'static str> {
        self.binding
    }

    /// Whether the action is bound to collections of the type.
    pub fn of_collection(&self) -> bool {
        self.of_collection
    }

    /// Decodes the body of a call.
    ///
    /// Each declared parameter must be of its type, and null only where null is allowed. Parameters
    /// are written from the values that were read, with the nulls in them; what is not declared is
    /// kept as it came. A missing parameter is not an error, because not every schema specifies which
    /// ones are optional.
    ///
    /// # Errors
    /// If the bytes are not a JSON object, or a parameter is not of its declared type.
    pub fn decode_parameters(&self, json: &[u8]) -> Result<Update, DecodeError> {
        typed(json, |name, value| {
            let Some(parameter) = self.parameters.iter().find(|one| one.name == name) else {
                return Ok(None);
            };
            let mut place = (parameter.place)().0;
            check(place.slot(), parameter.nullable, value)?;
            checked(&place.view(), value).map(Some)
        })
    }

    /// What distinguishes the action from others.
    pub(super) fn key(&self) -> (&'static str, Option<&'static str>, bool) {
        (self.name, self.binding, self.of_collection)
    }
}

impl Parameter {
    /// A parameter that may be null, whose values are decoded into a place.
    #[must_use]
    pub const fn nullable(name: &'static str, place: fn() -> Place) -> Self {
        Self { name, nullable: true, place }
    }

    /// A parameter that is never null, whose values are decoded into a place.
    #[must_use]
    pub const fn never_null(name: &'static str, place: fn() -> Place) -> Self {
        Self { name, nullable: false, place }
    }
}

impl fmt::Debug for ActionEntry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Action({}", self.name)?;
        match (self.binding, self.of_collection) {
            (Some(binding), false) => write!(formatter, ", bound to {binding})"),
            (Some(binding), true) => write!(formatter, ", bound to collections of {binding})"),
            (None, _) => formatter.write_str(")"),
        }
    }
}

impl fmt::Debug for Parameter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Parameter({})", self.name)
    }
}
