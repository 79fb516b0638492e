//! A crate as it is generated, for a small shop.

use schemacrate_runtime::codegen::{self, Additional as _, Described, Shape, Slot, View, slot, view};
