//! What OData annotations specify for an object: its type, its id, its entity tag.
//!
//! Enters: what an object holds besides its declared members. Leaves: the values of its annotations, by
//! their names in 4.0 and in 4.01. Must not know: any type.

use crate::json::dialect::Dialect;
use crate::json::{Additional, Shape, Untyped, View};
use std::borrow::Cow;

/// The annotation that names the type of an object.
pub(crate) const TYPE: &str = "@odata.type";

/// The same, as OData 4.01 names it.
pub(crate) const NEWER_TYPE: &str = "@type";

/// The annotation that has the id of an object.
pub(crate) const ID: &str = "@odata.id";

/// The JSON of OData: an object names its type in an annotation, with `#` before the name.
pub(crate) static ODATA: Dialect = Dialect {
    type_member: Some(TYPE),
    names_type: is_type,
    type_prefix: "#",
    annotations: Some(b'@'),
    frame: None,
};

/// Whether an annotation with this name holds the type of its object.
#[inline]
pub(crate) fn is_type(name: &str) -> bool {
    name == TYPE || name == NEWER_TYPE
}

impl Shape {
    /// A structured type of OData.
    #[must_use]
    pub const fn odata(name: &'static str, members: &'static [&'static str]) -> Self {
        Self::in_dialect(name, members, &ODATA)
    }
}

/// The annotations that hold the entity tag of an object.
const ETAGS: [&str; 2] = ["@odata.etag", "@etag"];

/// The entity tag of an object of any type.
pub(crate) fn etag(object: &View<'_>) -> Option<String> {
    match object {
        View::Object(object, _) => object.additional().etag(),
        View::Untyped(object) => {
            let object = object.value();
            ETAGS.iter().find_map(|name| object.get(name)?.as_str().map(str::to_owned))
        }
        _ => None,
    }
}

impl Additional {
    /// The entity tag of the object, for conditional requests. For a change of the object itself there is
    /// [`Request::if_unchanged`](crate::Request::if_unchanged).
    pub fn etag(&self) -> Option<String> {
        ETAGS.iter().find_map(|name| self.get(name))?.to().ok()
    }

    /// The qualified name of the object's type, if the object names it.
    pub fn type_name(&self) -> Option<String> {
        self.named_type().map(Cow::into_owned)
    }

    /// The same, borrowed if it is written without escapes.
    pub(crate) fn named_type(&self) -> Option<Cow<'_, str>> {
        let (_, json) = self.type_member(&ODATA)?;
        let text = json.text().strip_prefix('"')?.strip_suffix('"')?;
        if !text.contains('\\') {
            return Some(Cow::Borrowed(text.strip_prefix('#').unwrap_or(text)));
        }
        let name: String = json.to().ok()?;
        Some(Cow::Owned(name.strip_prefix('#').map(str::to_owned).unwrap_or(name)))
    }

    /// The id of the object, usually its URL (`@odata.id`). After a create or a change that
    /// the service answered without a body, it is all that is known about the object.
    ///
    /// ```
    /// use schemacrate_runtime::model::Additional;
    ///
    /// let mut additional = Additional::default();
    /// additional.insert("@odata.id", "https://example.com/v1/books(7)");
    /// assert_eq!(additional.entity_id().as_deref(), Some("https://example.com/v1/books(7)"));
    /// ```
    pub fn entity_id(&self) -> Option<String> {
        self.get(ID).or_else(|| self.get("@id"))?.to().ok()
    }

    /// How many items an expanded collection has in total, if the service counted them.
    ///
    /// ```
    /// use schemacrate_runtime::model::Additional;
    ///
    /// let mut additional = Additional::default();
    /// additional.insert("members@odata.count", 7_i64);
    /// assert_eq!(additional.count_of("members"), Some(7));
    /// ```
    pub fn count_of(&self, property: &str) -> Option<i64> {
        let value = self.annotation(property, "count")?;
        value.to().ok().or_else(|| value.to::<String>().ok()?.parse().ok())
    }

    /// Where the rest of an expanded collection is, if it was too long for one answer.
    pub fn next_link_of(&self, property: &str) -> Option<String> {
        self.annotation(property, "nextLink")?.to().ok()
    }

    /// A control annotation of a property, with or without the prefix that 4.01 leaves out.
    fn annotation(&self, property: &str, name: &str) -> Option<&Untyped> {
        self.get(&format!("{property}@odata.{name}"))
            .or_else(|| self.get(&format!("{property}@{name}")))
    }
}
