//! Type aliases.

use super::{Imports, docs, ident};
use crate::crate_plan::Alias;
use crate::write::template::template;
use crate::write::wrap::Text;

pub(super) fn alias(text: &mut Text, imports: &mut Imports, item: &Alias) {
    template!(
        text,
        "
        $docs
        pub type $name = $value;
        ",
        docs => docs(text, &item.docs),
        name = ident(&item.name),
        value = imports.typed(&item.value),
    );
}
