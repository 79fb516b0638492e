//! The vocabularies of OASIS, which documents use without declaring them.
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

/// The vocabularies. Their places do not belong to any input, so no diagnostic may show them.
#[derive(Debug)]
pub(super) struct Standard {
    /// One document for each.
    pub(super) documents: Vec<Document>,
    /// All vocabularies.
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

/// Runs work on a thread with its own pool.
///
/// Threads that need the vocabularies wait until these are read. If all threads of the shared pool
/// waited, work that needs one of these threads would never end; and a thread of that pool that
/// reads the vocabularies could, while it waits for others, begin other work that needs them.
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
        // This does not measure speed: a task that waits for the pool waits until the gate opens.
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
