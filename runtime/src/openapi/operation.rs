//! What a document declares of an operation, as far as its requests depend on it.
//!
//! Enters: constants of generated code. Leaves: method, template of the path, parameters, media types,
//! security, server. Must not know: values, requests.

use super::paging::Paging;
use super::parameter::{Parameter, Place};
use super::xml::description::XmlNode;
use crate::web::long_running::FinalState;

/// An operation of a document.
///
/// ```
/// use schemacrate_runtime::codegen::{Operation, Parameter};
///
/// const OPERATION: Operation = Operation::new("GET", "/issues/{number}")
///     .with_parameters(&[Parameter::path("number")])
///     .with_accept("application/json");
/// assert_eq!(OPERATION.template, "/issues/{number}");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// The method of HTTP.
    pub method: &'static str,
    /// The path as the document writes it, with its variables and perhaps a query.
    pub template: &'static str,
    /// The parameters, in the order of the document.
    pub parameters: &'static [Parameter],
    /// The media types of its answers, as they are sent; empty if no answer has a body.
    pub accept: &'static str,
    /// The media type of the body, if it is not the usual one of the way in which it is written.
    pub content_type: &'static str,
    /// How its body is written, if that is in XML.
    pub xml: Option<XmlNode>,
    /// How its answer is read, if that comes in XML.
    pub xml_answer: Option<XmlNode>,
    /// Alternatives of schemes that are needed together; `None` if the document specifies none.
    pub security: Option<&'static [&'static [&'static str]]>,
    /// The header for a key by which the service recognises the tries of one call; empty if there is none.
    pub idempotency: &'static str,
    /// Where its result is, if it may continue after its answer.
    pub final_state: Option<FinalState>,
    /// How its pages follow one another, if it lists something.
    pub paging: Option<&'static Paging>,
    /// The address of the server that the operation has for itself, as the document declares it.
    pub server: &'static str,
}

impl Operation {
    /// An operation without parameters.
    #[must_use]
    pub const fn new(method: &'static str, template: &'static str) -> Self {
        Self {
            method,
            template,
            parameters: &[],
            accept: "",
            content_type: "",
            xml: None,
            xml_answer: None,
            security: None,
            idempotency: "",
            final_state: None,
            paging: None,
            server: "",
        }
    }

    /// The same with parameters.
    #[must_use]
    pub const fn with_parameters(self, parameters: &'static [Parameter]) -> Self {
        Self { parameters, ..self }
    }

    /// The same with the header `Accept`.
    #[must_use]
    pub const fn with_accept(self, accept: &'static str) -> Self {
        Self { accept, ..self }
    }

    /// The same with the media type of its body, such as `application/merge-patch+json`.
    #[must_use]
    pub const fn with_content_type(self, content_type: &'static str) -> Self {
        Self { content_type, ..self }
    }

    /// The same with a body in XML.
    #[must_use]
    pub const fn with_xml(self, root: XmlNode) -> Self {
        Self { xml: Some(root), ..self }
    }

    /// The same with an answer in XML.
    #[must_use]
    pub const fn with_xml_answer(self, root: XmlNode) -> Self {
        Self { xml_answer: Some(root), ..self }
    }

    /// The same with alternatives of security schemes that are needed together. An empty list means that it
    /// is public, an empty alternative that it may be called without any.
    #[must_use]
    pub const fn with_security(self, security: &'static [&'static [&'static str]]) -> Self {
        Self { security: Some(security), ..self }
    }

    /// The same with a header for a key by which the service recognises the tries of one call: it is made for
    /// each call that does not set it, and the call is tried again as if it could not take effect twice.
    #[must_use]
    pub const fn with_idempotency_key(self, header: &'static str) -> Self {
        Self { idempotency: header, ..self }
    }

    /// The same, which may continue at the service after its answer, and whose result is then in a certain place.
    #[must_use]
    pub const fn with_final_state(self, final_state: FinalState) -> Self {
        Self { final_state: Some(final_state), ..self }
    }

    /// The same with pages.
    #[must_use]
    pub const fn with_paging(self, paging: &'static Paging) -> Self {
        Self { paging: Some(paging), ..self }
    }

    /// The same with a server of its own.
    #[must_use]
    pub const fn with_server(self, server: &'static str) -> Self {
        Self { server, ..self }
    }

    /// The place of a parameter in the order of the document.
    pub(crate) fn position(&self, place: Place, name: &str) -> Option<usize> {
        let is_it = |parameter: &Parameter| parameter.place == place && parameter.name == name;
        self.parameters.iter().position(is_it)
    }
}
