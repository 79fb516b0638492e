//! How the configuration specifies which requests have a key by which the service recognises their tries.
//!
//! Enters: the value of `openapi.idempotency-key`. Leaves: [`IdempotencyConfig`], with spans for diagnostics of later
//! stages. Must not know: the operations of an API.

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use std::fmt;
use toml::Spanned;

/// Which requests have a key by which the service recognises their tries, and where.
#[derive(Clone, Debug)]
pub struct IdempotencyConfig {
    /// The name of the header.
    pub header: String,
    /// The operations, by patterns; those whose methods are not idempotent if there are none.
    pub operations: Vec<Spanned<String>>,
}

/// The table, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default = "usual")]
    header: String,
    #[serde(default)]
    operations: Vec<Spanned<String>>,
}

/// The name that most services use (draft-ietf-httpapi-idempotency-key-header).
fn usual() -> String {
    "Idempotency-Key".to_owned()
}

impl<'de> Deserialize<'de> for IdempotencyConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = IdempotencyConfig;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter
                    .write_str("the name of a header, or a table with `header` and `operations`")
            }

            fn visit_str<E: Error>(self, header: &str) -> Result<IdempotencyConfig, E> {
                Ok(IdempotencyConfig { header: header.to_owned(), operations: Vec::new() })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<IdempotencyConfig, A::Error> {
                let Written { header, operations } =
                    Written::deserialize(MapAccessDeserializer::new(map))?;
                Ok(IdempotencyConfig { header, operations })
            }
        }
        deserializer.deserialize_any(Any)
    }
}
