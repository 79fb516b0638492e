//! How the configuration specifies that the pages of a list follow one another.
//!
//! Enters: a value of `[openapi.pages]`. Leaves: [`PagesConfig`], with spans for diagnostics of later stages. Must
//! not know: the operations of an API.

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use std::fmt;
use toml::Spanned;

/// How the pages of some operations follow one another.
#[derive(Clone, Debug)]
pub enum PagesConfig {
    /// They have none, whatever the description specifies.
    Never,
    /// By a rule.
    Rule(Box<PagesRule>),
}

/// A rule, and where its parts are.
#[derive(Clone, Debug)]
pub struct PagesRule {
    /// What the next page is.
    pub next: NextPage,
    /// The largest number of items of a page.
    pub limit: Option<Spanned<String>>,
    /// Where a page has its items.
    pub items: Option<Spanned<String>>,
    /// Where a page has whether there are more.
    pub more: Option<Spanned<String>>,
    /// Where a page has how many there are.
    pub pages: Option<Spanned<String>>,
}

/// What the next page is. Parameters are those of the query, or JSON pointers into the body of the request.
#[derive(Clone, Debug)]
pub enum NextPage {
    /// The relation `next` of the header `Link`.
    LinkHeader,
    /// An address in the body.
    Link(Spanned<String>),
    /// A path in the body, below the address of the service.
    Path(Spanned<String>),
    /// A cursor in the body, which is sent in a parameter.
    Cursor(CursorConfig),
    /// The number of items before it, in a parameter.
    Offset(Spanned<String>),
    /// Its number, in a parameter, and the number of the first one.
    Page(Spanned<String>, Option<u64>),
}

/// A cursor.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CursorConfig {
    /// The parameter in which it is sent.
    pub parameter: Spanned<String>,
    /// Where a page has the one for the next page.
    pub from: Spanned<String>,
}

/// A rule as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    #[serde(default)]
    link_header: bool,
    next_link: Option<Spanned<String>>,
    next_path: Option<Spanned<String>>,
    cursor: Option<CursorConfig>,
    offset: Option<Spanned<String>>,
    page: Option<Spanned<String>>,
    first: Option<u64>,
    limit: Option<Spanned<String>>,
    items: Option<Spanned<String>>,
    more: Option<Spanned<String>>,
    pages: Option<Spanned<String>>,
}

impl Written {
    fn rule(self) -> Result<PagesRule, &'static str> {
        let first = self.first;
        if first.is_some() && self.page.is_none() {
            return Err("`first` is the number of the first page, and belongs to `page`");
        }
        let rules = [
            self.link_header.then_some(NextPage::LinkHeader),
            self.next_link.map(NextPage::Link),
            self.next_path.map(NextPage::Path),
            self.cursor.map(NextPage::Cursor),
            self.offset.map(NextPage::Offset),
            self.page.map(|parameter| NextPage::Page(parameter, first)),
        ];
        let mut rules = rules.into_iter().flatten();
        match (rules.next(), rules.next()) {
            (Some(next), None) => Ok(PagesRule {
                next,
                limit: self.limit,
                items: self.items,
                more: self.more,
                pages: self.pages,
            }),
            _ => Err(
                "name one of `link-header`, `next-link`, `next-path`, `cursor`, `offset` and `page`",
            ),
        }
    }
}

impl<'de> Deserialize<'de> for PagesConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = PagesConfig;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(
                    "`false`, \"link-header\" or a table such as `{ next-link = \"/next\" }`",
                )
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<PagesConfig, E> {
                match value {
                    false => Ok(PagesConfig::Never),
                    true => Err(E::invalid_value(serde::de::Unexpected::Bool(true), &self)),
                }
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<PagesConfig, E> {
                if value != "link-header" {
                    return Err(E::invalid_value(serde::de::Unexpected::Str(value), &self));
                }
                let (limit, items, more, pages) = (None, None, None, None);
                let rule = PagesRule { next: NextPage::LinkHeader, limit, items, more, pages };
                Ok(PagesConfig::Rule(Box::new(rule)))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<PagesConfig, A::Error> {
                let written = Written::deserialize(MapAccessDeserializer::new(map))?;
                written.rule().map(Box::new).map(PagesConfig::Rule).map_err(A::Error::custom)
            }
        }
        deserializer.deserialize_any(Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn read(text: &str) -> Result<PagesConfig, String> {
        let all: Result<BTreeMap<String, PagesConfig>, _> = toml::from_str(text);
        all.map(|mut all| all.remove("a").expect("one")).map_err(|error| error.to_string())
    }

    #[test]
    fn a_rule_has_one_way_to_the_next_page() {
        for (text, fault) in [
            ("a = false", ""),
            ("a = \"link-header\"", ""),
            ("a = { cursor = { parameter = \"p\", from = \"/next\" }, items = \"/data\" }", ""),
            ("a = { page = \"p\", first = 0, limit = \"n\" }", ""),
            ("a = true", "invalid value: boolean `true`, expected `false`, \"link-header\" or"),
            ("a = \"link\"", "invalid value: string \"link\""),
            ("a = { next-link = \"/a\", offset = \"b\" }", "name one of `link-header`"),
            ("a = { items = \"/a\" }", "name one of `link-header`"),
            ("a = { offset = \"a\", first = 1 }", "`first` is the number"),
            ("a = { nextlink = \"/a\" }", "unknown field `nextlink`, expected one of"),
            ("a = { cursor = { parameter = \"p\" } }", "missing field `from`"),
        ] {
            match read(text) {
                Ok(_) => assert_eq!(fault, "", "{text}"),
                Err(error) => {
                    assert!(!fault.is_empty() && error.contains(fault), "{text}: {error}")
                }
            }
        }
    }
}
