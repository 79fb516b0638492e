//! How a caller is authorized.

use super::Builder;
use super::fields::Fields;
use super::parts::Asked;
use crate::node::Node;
use crate::openapi::description::{Location, Version};
use crate::openapi::model::{
    Flow, FlowKind, Id, KeyPlace, RequiredScheme, Requirement, SchemeKind, SecurityScheme, Words,
};

/// The flows of an object by their names.
const FLOWS: [(&str, FlowKind); 5] = [
    ("implicit", FlowKind::Implicit),
    ("password", FlowKind::Password),
    ("clientCredentials", FlowKind::ClientCredentials),
    ("authorizationCode", FlowKind::AuthorizationCode),
    ("deviceAuthorization", FlowKind::DeviceAuthorization),
];

impl<'d> Builder<'d> {
    /// The requirements of the document or an operation; `None` if there is no such field.
    pub(super) fn security(&mut self, of: Fields<'d>) -> Option<Vec<Requirement>> {
        of.node.get("security").filter(|node| node.is_array())?;
        let requirements = of.items("security").filter(|of| of.node.is_object());
        Some(requirements.map(|of| self.requirement(of)).collect())
    }

    fn requirement(&mut self, of: Fields<'d>) -> Requirement {
        let schemes = of.own_members().map(|(name, scopes)| RequiredScheme {
            scheme: self.scheme_named(of, &name.text),
            name,
            scopes: scopes.own_items().filter_map(Fields::own_words).collect(),
        });
        Requirement { location: of.at, schemes: schemes.collect() }
    }

    /// A scheme by the name of its component in the document, or else in another one, or since 3.2 by a
    /// reference.
    fn scheme_named(&mut self, of: Fields<'d>, name: &str) -> Option<Id<SecurityScheme>> {
        let own = self.root(of.at.document);
        let documents = self.used.iter().map(|id| self.root(*id));
        let mut named = std::iter::once(own).chain(documents).filter_map(|root| {
            let found = schemes(root)?.get(name)?;
            Some(root.at.with(found))
        });
        let found = match named.next() {
            Some(found) => found,
            None if of.version >= Version::V32 => self.description.resolve(of.at, name).ok()?,
            None => return None,
        };
        let asked = self.asked(found)?;
        Some(self.schemes.ask(asked))
    }

    pub(super) fn scheme(&mut self, asked: Asked) -> SecurityScheme {
        let of = self.fields(asked.at);
        let mut extensions = of.extensions();
        let kind = match of.node.get("type").and_then(|one| one.text()) {
            Some("basic") => basic(of),
            Some("apiKey") => api_key(of),
            Some("http") => http(of),
            Some("mutualTLS") => Some(SchemeKind::MutualTls),
            Some("oauth2") => {
                if let Some(flows) = of.object("flows") {
                    extensions.extend(flows.extensions());
                }
                let metadata_url = of.words("oauth2MetadataUrl");
                Some(SchemeKind::OAuth2 { flows: flows(of), metadata_url })
            }
            Some("openIdConnect") => {
                of.words("openIdConnectUrl").map(|url| SchemeKind::OpenIdConnect { url })
            }
            _ => None,
        };
        SecurityScheme {
            location: asked.at,
            name: self.name(asked.at, of),
            kind: kind.unwrap_or_else(|| SchemeKind::Unknown { name: of.words("type") }),
            description: self.description_of(asked),
            deprecated: of.is_true("deprecated"),
            extensions,
        }
    }

    /// The name of a component; of another object the last step of its place.
    fn name(&self, at: Location, of: Fields<'d>) -> Words {
        let text = match self.names.get(&at) {
            Some(name) => (*name).to_owned(),
            None => {
                let pointer = of.node.tree().pointer_to(at.node);
                pointer.and_then(|mut one| one.pop()).unwrap_or_default()
            }
        };
        Words { text, span: of.span() }
    }
}

/// The schemes that are components of a document.
pub(super) fn schemes(root: Fields<'_>) -> Option<Node<'_>> {
    match root.version {
        Version::V20 => root.node.get("securityDefinitions"),
        _ => root.node.get("components")?.get("securitySchemes"),
    }
}

fn basic(of: Fields<'_>) -> Option<SchemeKind> {
    let word = of.words("type")?;
    let scheme = Words { text: "basic".to_owned(), ..word };
    Some(SchemeKind::Http { scheme, bearer_format: None })
}

fn http(of: Fields<'_>) -> Option<SchemeKind> {
    let scheme = of.words("scheme")?;
    Some(SchemeKind::Http { scheme, bearer_format: of.words("bearerFormat") })
}

fn api_key(of: Fields<'_>) -> Option<SchemeKind> {
    let place = match of.node.get("in")?.text()? {
        "query" => KeyPlace::Query,
        "header" => KeyPlace::Header,
        "cookie" => KeyPlace::Cookie,
        _ => return None,
    };
    Some(SchemeKind::ApiKey { place, name: of.words("name")? })
}

/// The flows of a scheme. Version 2.0 has one, in the scheme itself.
fn flows(of: Fields<'_>) -> Vec<Flow> {
    if of.version == Version::V20 {
        let kind = match of.node.get("flow").and_then(|one| one.text()) {
            Some("implicit") => FlowKind::Implicit,
            Some("password") => FlowKind::Password,
            Some("application") => FlowKind::ClientCredentials,
            Some("accessCode") => FlowKind::AuthorizationCode,
            _ => return Vec::new(),
        };
        return vec![Flow { extensions: Vec::new(), ..flow(of, kind) }];
    }
    let Some(flows) = of.object("flows") else { return Vec::new() };
    let named = |(name, kind)| Some(flow(flows.object(name)?, kind));
    FLOWS.into_iter().filter_map(named).collect()
}

fn flow(of: Fields<'_>, kind: FlowKind) -> Flow {
    let scopes = of.members("scopes").filter(|(name, _)| !name.text.starts_with("x-"));
    Flow {
        location: of.at,
        kind,
        authorization_url: of.words("authorizationUrl"),
        device_authorization_url: of.words("deviceAuthorizationUrl"),
        token_url: of.words("tokenUrl"),
        refresh_url: of.words("refreshUrl"),
        scopes: scopes.map(|(name, of)| (name, of.own_words())).collect(),
        extensions: of.extensions(),
    }
}
