//! The names of members as the schema has them.
//!
//! Enters: the body of a page and the one that was sent. Leaves: the body of the page with the names that
//! were sent, where the page has them in another letter case than the schema. Must not know: whether
//! the bodies are the same otherwise.
//!
//! Pages write `message` where the schema has `Message`. A name counts as the same only if the type at
//! that place declares the name that was sent and not the one of the page, the two differ only in letter
//! case, and neither body has the other name as well. Values are never changed.

use super::json::Json;
use super::record::Record;
use schemacrate::internals::edm::{ItemType, Member, Model, Schema, StructuredTypeId, TypeId};

const TYPE: &str = "@odata.type";

/// The names that a schema declares.
pub(super) struct Names<'a> {
    model: &'a Model,
}

/// What declares the members of an object.
#[derive(Clone, Debug)]
pub(super) enum Declaring {
    /// A structured type.
    Type(StructuredTypeId),
    /// The operations with a qualified name, whose parameters the members are.
    Parameters(String),
}

impl<'a> Names<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        Self { model }
    }

    /// What declares the members of the body of a record's request.
    pub(super) fn of_request(&self, record: &Record) -> Option<Declaring> {
        let name = record.request_type.as_deref()?;
        match name.strip_prefix("parameters of ") {
            Some(_) => {
                let operation = record.path.as_ref()?.operation.as_ref()?;
                Some(Declaring::Parameters(operation.name.clone()))
            }
            None => self.structured(name).map(Declaring::Type),
        }
    }

    /// The structured type with a name, which may have the alias of its namespace.
    fn structured(&self, name: &str) -> Option<StructuredTypeId> {
        let name = name.strip_prefix('#').unwrap_or(name);
        let (space, simple) = name.rsplit_once('.')?;
        let aliased = |one: &&Schema| one.alias.as_deref() == Some(space);
        let schema = self.model.schemas.iter().find(aliased);
        let full = schema.map(|schema| format!("{}.{simple}", schema.namespace));
        match self.model.type_named(full.as_deref().unwrap_or(name))? {
            TypeId::Structured(id) => Some(id),
            TypeId::Enum(_) | TypeId::Definition(_) => None,
        }
    }

    /// The members of a declaration, each with the structured type of its values, if it has one.
    fn members(&self, of: &Declaring) -> Vec<(&'a str, Option<StructuredTypeId>)> {
        let of_item = |item: ItemType| match item {
            ItemType::Structured(id) => Some(id),
            _ => None,
        };
        match of {
            Declaring::Type(id) => {
                let members = self.model.members(*id);
                let target = |member: Member<'_>| match member {
                    Member::Property(one) => of_item(one.value.item),
                    Member::Navigation(one) => one.target,
                };
                members.iter().map(|(_, one)| (one.name(), target(one))).collect()
            }
            Declaring::Parameters(name) => {
                let overloads = self.model.operations.iter();
                let overloads = overloads.filter(|one| one.name.to_string() == *name);
                let parameters = overloads.flat_map(|one| one.own_parameters());
                parameters.map(|one| (one.name.as_str(), of_item(one.value.item))).collect()
            }
        }
    }

    /// The page's body with the names that were sent, and which names these are.
    pub(super) fn settled(&self, of: &Declaring, page: &Json, sent: &Json) -> (Json, Vec<String>) {
        let mut renamed = Vec::new();
        let settled = self.value(Some(of), page, sent, &mut renamed);
        (settled, renamed)
    }

    fn value(
        &self,
        of: Option<&Declaring>,
        page: &Json,
        sent: &Json,
        renamed: &mut Vec<String>,
    ) -> Json {
        match (page, sent) {
            (Json::Object(page), Json::Object(sent)) => {
                Json::Object(self.object(of, page, sent, renamed))
            }
            (Json::Array(page), Json::Array(sent)) if page.len() == sent.len() => {
                let pairs = page.iter().zip(sent);
                Json::Array(pairs.map(|(one, other)| self.value(of, one, other, renamed)).collect())
            }
            _ => page.clone(),
        }
    }

    fn object(
        &self,
        of: Option<&Declaring>,
        page: &[(String, Json)],
        sent: &[(String, Json)],
        renamed: &mut Vec<String>,
    ) -> Vec<(String, Json)> {
        let own = page.iter().find_map(|(name, value)| match value {
            Json::Text(text) if name == TYPE => self.structured(text).map(Declaring::Type),
            _ => None,
        });
        let declared = own.as_ref().or(of).map(|of| self.members(of)).unwrap_or_default();
        let in_schema = |written: &str| -> Option<&str> {
            let (name, _) = declared.iter().find(|(name, _)| {
                name.eq_ignore_ascii_case(written) && has(sent, name) && !has(page, name)
            })?;
            let is_declared = declared.iter().any(|(name, _)| *name == written);
            (!is_declared && !has(sent, written)).then_some(*name)
        };
        let member = |(written, value): &(String, Json)| {
            let name = in_schema(written).unwrap_or(written);
            let inner = declared.iter().find(|(known, _)| *known == name).and_then(|one| one.1);
            let inner = inner.map(Declaring::Type);
            let other = sent.iter().find(|(known, _)| known == name).map(|(_, value)| value);
            let value = match other {
                Some(other) => self.value(inner.as_ref(), value, other, renamed),
                None => value.clone(),
            };
            if name != written {
                renamed.push(format!("{name} for {written}"));
            }
            // An annotation belongs to its member.
            let of_member = written.split_once('@').and_then(|(member, term)| {
                let annotation = format!("{}@{term}", in_schema(member)?);
                (has(sent, &annotation) && !has(sent, written)).then_some(annotation)
            });
            (of_member.unwrap_or_else(|| name.to_owned()), value)
        };
        page.iter().map(member).collect()
    }
}

fn has(members: &[(String, Json)], name: &str) -> bool {
    members.iter().any(|(known, _)| known == name)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const SCHEMA: &str = r#"<Schema Namespace="n" Alias="x" xmlns="http://docs.oasis-open.org/odata/ns/edm">
        <ComplexType Name="note"><Property Name="Subject" Type="Edm.String"/><Property Name="size" Type="Edm.Int32"/>
          <Property Name="Size" Type="Edm.Int32"/><Property Name="Parts" Type="Collection(n.note)"/></ComplexType>
        <ComplexType Name="long" BaseType="n.note"><Property Name="Pages" Type="Edm.Int32"/></ComplexType>
        <Action Name="send"><Parameter Name="Message" Type="n.note"/><Parameter Name="Tags" Type="Collection(Edm.String)"/></Action>
      </Schema>"#;

    /// A model with a few names.
    pub(in super::super) fn model() -> Model {
        test_support::model(test_support::edmx(SCHEMA))
    }

    #[test]
    fn only_the_case_of_declared_names_may_differ() {
        let model = model();
        let names = Names::new(&model);
        let parameters = Declaring::Parameters("n.send".to_owned());
        for (page, sent, same) in [
            (r#"{"message":{}}"#, r#"{"Message":{}}"#, true),
            (r#"{"message":{"subject":"a"}}"#, r#"{"Message":{"Subject":"a"}}"#, true),
            (
                r#"{"Message":{"parts":[{"subject":"a"}]}}"#,
                r#"{"Message":{"Parts":[{"Subject":"a"}]}}"#,
                true,
            ),
            (
                r##"{"Message":{"@odata.type":"#n.long","pages":1}}"##,
                r##"{"Message":{"@odata.type":"#n.long","Pages":1}}"##,
                true,
            ),
            (
                r##"{"Message":{"@odata.type":"x.long","pages":1}}"##,
                r##"{"Message":{"@odata.type":"x.long","Pages":1}}"##,
                true,
            ),
            (
                r#"{"tags@odata.type":"x","tags":["a"]}"#,
                r#"{"Tags@odata.type":"x","Tags":["a"]}"#,
                true,
            ),
            // The value differs, and its case counts.
            (r#"{"message":{"subject":"a"}}"#, r#"{"Message":{"Subject":"A"}}"#, false),
            // The schema has the name of the page.
            (r#"{"Message":{"size":1}}"#, r#"{"Message":{"Size":1}}"#, false),
            // The schema does not have the name that was sent.
            (r#"{"message":{}}"#, r#"{"MESSAGE":{}}"#, false),
            (r#"{"Message":{}}"#, r#"{"message":{}}"#, false),
            (r#"{"Message":{"pages":1}}"#, r#"{"Message":{"Pages":1}}"#, false),
            (r#"{"other":1}"#, r#"{"Other":1}"#, false),
            // Both names are present.
            (r#"{"message":{},"Message":{}}"#, r#"{"Message":{}}"#, false),
            (r#"{"message":{}}"#, r#"{"Message":{},"message":{}}"#, false),
            // An annotation of a member that keeps its name.
            (r#"{"Tags@odata.type":"x"}"#, r#"{"tags@odata.type":"x"}"#, false),
        ] {
            let (page_json, sent_json) = (Json::parse(page).unwrap(), Json::parse(sent).unwrap());
            let (settled, renamed) = names.settled(&parameters, &page_json, &sent_json);
            let difference = super::super::equality::difference(&settled, &sent_json);
            assert_eq!(difference.is_none(), same, "{page} {sent} {settled} {difference:?}");
            assert_eq!(!renamed.is_empty(), settled != page_json, "{page} {renamed:?}");
        }
    }
}
