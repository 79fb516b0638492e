//! Which pages of a list have been requested, so that a list that would never end is recognised.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use url::Url;

use crate::web::request::Request;

/// Hashes of the addresses that were requested, and of what was sent there.
#[derive(Default)]
pub(crate) struct Followed {
    hasher: RandomState,
    hashes: HashSet<u64>,
}

impl Followed {
    /// Notes a request by its address and its body. Returns whether it is a new one; one that is not valid is new,
    /// because its fault is reported when it is sent.
    pub(crate) fn insert<T>(&mut self, request: &Request<T>) -> bool {
        let body = request.call().body().bytes();
        let hash = |url: Url| self.hasher.hash_one((url.as_str(), body));
        request.url().map(hash).is_none_or(|hash| self.hashes.insert(hash))
    }
}
