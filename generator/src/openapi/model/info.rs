//! What is said about the API as a whole.

use super::{Extensions, Words};
use crate::openapi::description::Location;

/// The API as a whole. What is absent is `None`.
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// Where it is written; `None` if there is no such object.
    pub location: Option<Location>,
    /// The name of the API.
    pub title: Option<Words>,
    /// One line about it.
    pub summary: Option<Words>,
    /// The description, in Markdown.
    pub description: Option<Words>,
    /// The address of the terms of service.
    pub terms_of_service: Option<Words>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// The licence of the API.
    pub license: Option<License>,
    /// The version of the document, or of the API.
    pub version: Option<Words>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}

/// Whom to ask about the API.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Where it is written.
    pub location: Location,
    /// The name.
    pub name: Option<Words>,
    /// The address of a page.
    pub url: Option<Words>,
    /// The address for mail.
    pub email: Option<Words>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}

/// The licence of the API.
#[derive(Clone, Debug)]
pub struct License {
    /// Where it is written.
    pub location: Location,
    /// The name.
    pub name: Option<Words>,
    /// The expression of SPDX.
    pub identifier: Option<Words>,
    /// The address of its text.
    pub url: Option<Words>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}

/// Documentation elsewhere.
#[derive(Clone, Debug)]
pub struct ExternalDocs {
    /// Where it is written.
    pub location: Location,
    /// What it is about.
    pub description: Option<Words>,
    /// Its address.
    pub url: Option<Words>,
    /// Fields that begin with `x-`.
    pub extensions: Extensions,
}
