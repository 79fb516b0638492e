//! The requests that every path type may have.
//!
//! Enters: what a planner decides. Leaves: the data of a request. Must not know: the path.

use super::ItemPath;

/// A kind of request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// `GET` a collection.
    List,
    /// `GET` an entity.
    Get,
    /// `POST` to a collection.
    Create,
    /// `PATCH` an entity.
    Update(Changes),
    /// `PUT` an entity.
    Replace,
    /// `DELETE` an entity.
    Delete,
}

impl Request {
    /// The HTTP method.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::List | Self::Get => "GET",
            Self::Create => "POST",
            Self::Update(_) => "PATCH",
            Self::Replace => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// What an update takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The builder.
    pub builder: ItemPath,
    /// The struct, if it has derived types, whose changes are taken as well.
    pub base: Option<ItemPath>,
}
