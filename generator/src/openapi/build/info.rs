//! The API as a whole: its title, servers and tags.

use super::Builder;
use super::fields::Fields;
use crate::openapi::description::Version;
use crate::openapi::model::{
    Contact, ExternalDocs, Info, License, Server, ServerVariable, Tag, Words,
};

pub(super) fn info(of: Fields<'_>) -> Info {
    Info {
        location: Some(of.at),
        title: of.words("title"),
        summary: of.words("summary"),
        description: of.words("description"),
        terms_of_service: of.words("termsOfService"),
        contact: of.object("contact").map(|of| Contact {
            location: of.at,
            name: of.words("name"),
            url: of.words("url"),
            email: of.words("email"),
            extensions: of.extensions(),
        }),
        license: of.object("license").map(|of| License {
            location: of.at,
            name: of.words("name"),
            identifier: of.words("identifier"),
            url: of.words("url"),
            extensions: of.extensions(),
        }),
        version: of.words("version"),
        extensions: of.extensions(),
    }
}

pub(super) fn external_docs(of: Fields<'_>) -> Option<ExternalDocs> {
    of.object("externalDocs").map(|of| ExternalDocs {
        location: of.at,
        description: of.words("description"),
        url: of.words("url"),
        extensions: of.extensions(),
    })
}

pub(super) fn tags(of: Fields<'_>) -> Vec<Tag> {
    let tag = |of: Fields<'_>| {
        Some(Tag {
            location: of.at,
            name: of.words("name")?,
            summary: of.words("summary"),
            description: of.words("description"),
            external_docs: external_docs(of),
            parent: of.words("parent"),
            kind: of.words("kind"),
            extensions: of.extensions(),
        })
    };
    of.items("tags").map(Fields::followed).filter_map(tag).collect()
}

impl<'d> Builder<'d> {
    /// The servers of the document, a path item or an operation.
    pub(super) fn servers(&self, of: Fields<'d>) -> Vec<Server> {
        match of.version {
            Version::V20 => self.addresses(of),
            _ => of.items("servers").map(Fields::followed).filter_map(server).collect(),
        }
    }

    /// The servers of 2.0: one for each scheme. An operation may have other schemes than the document.
    fn addresses(&self, of: Fields<'d>) -> Vec<Server> {
        let root = self.root(of.at.document);
        let (host, base) = (root.words("host"), root.words("basePath"));
        let schemes = of.texts("schemes");
        let is_root = of.at == root.at;
        if !is_root && schemes.is_empty() || is_root && host.is_none() && base.is_none() {
            return Vec::new();
        }
        let path = base.as_ref().map_or("", |base| base.text.trim_end_matches('/'));
        let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
        let span = host.as_ref().or(base.as_ref()).map_or_else(|| of.span(), |one| one.span);
        let server = |url: String, span| {
            let url = Words { text: if url.is_empty() { "/".to_owned() } else { url }, span };
            Server {
                location: of.at,
                url,
                name: None,
                description: None,
                variables: Vec::new(),
                extensions: Vec::new(),
            }
        };
        match &host {
            // Without a host it is that from which the document comes.
            None => vec![server(format!("{slash}{path}"), span)],
            // The scheme is that by which the document comes.
            Some(host) if schemes.is_empty() => {
                vec![server(format!("//{}{slash}{path}", host.text), span)]
            }
            Some(host) => {
                let url = |scheme: &Words| format!("{}://{}{slash}{path}", scheme.text, host.text);
                // The first server is that of a client, and `https` is better than what comes before it.
                let mut schemes: Vec<&Words> = schemes.iter().collect();
                schemes.sort_by_key(|scheme| !scheme.text.eq_ignore_ascii_case("https"));
                schemes.into_iter().map(|scheme| server(url(scheme), scheme.span)).collect()
            }
        }
    }
}

pub(super) fn server(of: Fields<'_>) -> Option<Server> {
    let variable = |(name, of): (Words, Fields<'_>)| {
        of.node.is_object().then(|| ServerVariable {
            location: of.at,
            name,
            values: of.texts("enum"),
            default: of.words("default"),
            description: of.words("description"),
            extensions: of.extensions(),
        })
    };
    Some(Server {
        location: of.at,
        url: of.words("url")?,
        name: of.words("name"),
        description: of.words("description"),
        variables: of.members("variables").filter_map(variable).collect(),
        extensions: of.extensions(),
    })
}
