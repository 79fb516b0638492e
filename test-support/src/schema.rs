//! Small documents in CSDL.

/// A document with one schema of the namespace `n`, which holds some elements. They begin on its third
/// line.
pub fn document(elements: &str) -> String {
    edmx(&schema("n", elements))
}

/// A document with some schemas.
pub fn edmx(schemas: &str) -> String {
    format!(
        r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
{schemas}
</edmx:DataServices></edmx:Edmx>"#
    )
}

/// A schema of a namespace, which holds some elements.
pub fn schema(namespace: &str, elements: &str) -> String {
    format!(
        r#"<Schema Namespace="{namespace}" xmlns="http://docs.oasis-open.org/odata/ns/edm">
{elements}
</Schema>"#
    )
}
