//! The functions of the runtime and the standard library that a program calls by name.

use crate::crate_plan::program::Fixed;

pub(super) const ADDITIONAL: Fixed = Fixed::new("additional");
pub(super) const DEFAULT: Fixed = Fixed::new("default");
pub(super) const FROM: Fixed = Fixed::new("from");
pub(super) const FROM_TEXT_OF: Fixed = Fixed::new("from_text");
pub(super) const HEADER: Fixed = Fixed::new("header");
pub(super) const NEW: Fixed = Fixed::new("new");
pub(super) const QUERY: Fixed = Fixed::new("query");
pub(super) const REQUEST: Fixed = Fixed::new("request");
pub(super) const WITH_HEADER: Fixed = Fixed::new("with_header");
pub(super) const WITH_MEDIA_TYPE: Fixed = Fixed::new("with_media_type");
pub(super) const WITH_NAME: Fixed = Fixed::new("with_name");
pub(super) const TO_OWNED: Fixed = Fixed::new("to_owned");
