//! Which addresses a list has been requested at, so that one that would never end is recognised.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use crate::web::request::Request;

/// Hashes of the addresses that were requested.
#[derive(Default)]
pub(crate) struct Followed {
    hasher: RandomState,
    hashes: HashSet<u64>,
}

impl Followed {
    /// Notes the address of a request. Returns whether it is a new one; one that is not valid is new,
    /// because its fault is reported when it is sent.
    pub(crate) fn insert<T>(&mut self, request: &Request<T>) -> bool {
        request.url().is_none_or(|url| self.hashes.insert(self.hasher.hash_one(url.as_str())))
    }
}
