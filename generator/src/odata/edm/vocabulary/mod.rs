//! The vocabularies of OASIS, which documents use without giving them.
//!
//! Enters: nothing. Leaves: the names and types of their terms, as documents and as a model.
//! Must not know: what a term means.

use super::{Model, resolve};
use crate::input::diagnostic::Diagnostics;
use crate::input::source::SourceMap;
use crate::odata::csdl::{self, Document};
use rayon::ThreadPoolBuilder;
use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::thread;

const TEXTS: &[(&str, &str)] = &[
    ("core.csdl", include_str!("core.csdl")),
    ("capabilities.csdl", include_str!("capabilities.csdl")),
    ("validation.csdl", include_str!("validation.csdl")),
    ("authorization.csdl", include_str!("authorization.csdl")),
    ("measures.csdl", include_str!("measures.csdl")),
    ("aggregation.csdl", include_str!("aggregation.csdl")),
    ("json.csdl", include_str!("json.csdl")),
];

/// The vocabularies. Their places are those of no input, so no diagnostic may show them.
#[derive(Debug)]
pub(super) struct Standard {
    /// One document for each.
    pub(super) documents: Vec<Document>,
    /// All of them.
    pub(super) model: Model,
}

/// The vocabularies, read when they are first needed.
pub(super) fn standard() -> &'static Standard {
    static STANDARD: OnceLock<Standard> = OnceLock::new();
    STANDARD.get_or_init(|| alone(make))
}

fn make() -> Standard {
    let (documents, mut diagnostics) = read();
    let model = resolve(&documents, &mut diagnostics);
    Standard { documents, model }
}

/// Does work on a thread that is a pool of its own.
///
/// Whoever needs the vocabularies waits until they are made. If all threads of the shared pool do, work
/// that needed one of them would never end; and a thread of that pool that made them would, while it
/// waits for others, begin something else that needs them.
fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let work = || match ThreadPoolBuilder::new().num_threads(1).use_current_thread().build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    };
    thread::scope(|scope| scope.spawn(work).join()).unwrap_or_else(|panic| resume_unwind(panic))
}

fn read() -> (Vec<Document>, Diagnostics) {
    let mut sources = SourceMap::new();
    let mut diagnostics = Diagnostics::default();
    let mut documents = Vec::new();
    for (name, text) in TEXTS {
        match sources.add(*name, text.as_bytes()) {
            Ok(source) => documents.push(csdl::parse(&sources, source, &mut diagnostics)),
            Err(unreadable) => diagnostics.push(unreadable.into()),
        }
    }
    (documents, diagnostics)
}

#[cfg(test)]
mod tests {
    use super::{TEXTS, alone, make, read};
    use crate::odata::edm::{resolve, validate};
    use std::sync::mpsc::channel;
    use std::sync::{Condvar, Mutex};
    use std::thread;
    use std::time::Duration;

    #[test]
    fn the_vocabularies_are_made_while_the_shared_pool_waits_for_them() {
        static IS_OPEN: Mutex<bool> = Mutex::new(false);
        static OPENED: Condvar = Condvar::new();
        let wait = || {
            let is_open = IS_OPEN.lock().expect("the lock");
            drop(OPENED.wait_while(is_open, |is_open| !*is_open).expect("the lock"));
        };
        let (done, is_done) = channel();
        rayon::spawn_broadcast(move |_| wait());
        thread::spawn(move || done.send(alone(make).model.schemas.len()));
        // No measure of speed: what waits for the pool here waits until the gate opens.
        let made = is_done.recv_timeout(Duration::from_secs(60));
        *IS_OPEN.lock().expect("the lock") = true;
        OPENED.notify_all();
        assert_eq!(made, Ok(TEXTS.len()));
    }

    #[test]
    fn the_vocabularies_are_valid_and_complete() {
        let (documents, mut diagnostics) = read();
        let model = resolve(&documents, &mut diagnostics);
        validate(&model, &mut diagnostics);
        let errors: Vec<_> = diagnostics.iter().map(|one| &one.message).collect();
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(model.schemas.len(), TEXTS.len());
        assert!(model.terms.len() > 100, "{}", model.terms.len());
    }
}
