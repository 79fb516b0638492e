//! Damaged documents for the two readers and for the whole generator, until some CPU time is spent.
//!
//! Enters: folders of real documents. Leaves: how many inputs were read, and the first one on which a
//! reader panics, takes too long, or contradicts itself or another reader.

mod check;
mod generate;
mod mutate;
mod seeds;

use crate::random::Random;
use crate::workplace;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What a document is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Reader {
    /// The reader of JSON.
    Json,
    /// The reader of YAML.
    Yaml,
    /// All that reads a document of any format, up to the crate.
    Generator,
}

/// The chore.
pub(crate) struct Fuzz<'a> {
    pub(crate) root: &'a Path,
    /// The readers; all of them if there is none.
    pub(crate) readers: &'a [Reader],
    /// Where the documents are; those of this machine if there is none.
    pub(crate) folders: &'a [PathBuf],
    /// The CPU time for each reader.
    pub(crate) seconds: u64,
    /// What the random numbers begin with.
    pub(crate) seed: u64,
}

/// How long one input may take before it counts as one that never ends.
const LONGEST: Duration = Duration::from_secs(60);

/// The CPU time that one input may take. None is large.
const SLOW: Duration = Duration::from_secs(3);

/// The most inputs that are kept because they were accepted.
const KEPT: usize = 4_000;

/// The input that is read now.
#[derive(Default)]
struct Current {
    input: Vec<u8>,
    since: Option<Instant>,
}

impl Fuzz<'_> {
    pub(crate) fn run(&self) -> Result<bool, String> {
        let all = [Reader::Json, Reader::Yaml, Reader::Generator];
        let readers = if self.readers.is_empty() { &all } else { self.readers };
        let shared = ["openapi", "csdl"].map(|one| workplace::shared(self.root).join(one));
        let folders = if self.folders.is_empty() { &shared } else { self.folders };
        for reader in readers {
            self.reader(*reader, folders)?;
        }
        Ok(true)
    }

    fn reader(&self, reader: Reader, folders: &[PathBuf]) -> Result<(), String> {
        let mut random = Random::new(self.seed);
        let mut corpus = seeds::seeds(reader, folders, &mut random);
        let first = corpus.len();
        let folder = self.root.join("target/fuzz");
        let current = Arc::new(Mutex::new(Current::default()));
        watch(reader, Arc::clone(&current), folder.clone());
        let (mut inputs, mut accepted, mut bytes) = (0_u64, 0_u64, 0_u64);
        let began = cpu_time();
        while cpu_time().saturating_sub(began) < Duration::from_secs(self.seconds) {
            let text = random.mutated(&corpus);
            let input = match reader {
                Reader::Json | Reader::Yaml => text.clone().into_bytes(),
                Reader::Generator => random.encoded(&text),
            };
            *lock(&current) = Current { input: input.clone(), since: Some(Instant::now()) };
            let before = cpu_time();
            let checked = catch_unwind(AssertUnwindSafe(|| check::check(reader, &input)));
            let time = cpu_time().saturating_sub(before);
            lock(&current).since = None;
            inputs += 1;
            bytes += input.len() as u64;
            match checked {
                Ok(Ok(_)) if time > SLOW => {
                    return Err(failed(&folder, reader, &input, &format!("it takes {time:?}")));
                }
                Ok(Ok(false)) => {}
                Ok(Ok(true)) => {
                    accepted += 1;
                    let at = random.below(KEPT);
                    match corpus.get_mut(first + at) {
                        Some(place) => *place = text,
                        None => corpus.push(text),
                    }
                }
                Ok(Err(why)) => return Err(failed(&folder, reader, &input, &why)),
                Err(_) => return Err(failed(&folder, reader, &input, "the reader panics")),
            }
        }
        println!(
            "{reader:?}: {inputs} inputs of {first} documents, {} MB, {accepted} accepted, {} CPU seconds, seed {}",
            bytes / 1_000_000,
            self.seconds,
            self.seed
        );
        Ok(())
    }
}

fn lock(current: &Mutex<Current>) -> std::sync::MutexGuard<'_, Current> {
    current.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the program if an input takes too long.
fn watch(reader: Reader, current: Arc<Mutex<Current>>, folder: PathBuf) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let now = lock(&current);
            if now.since.is_some_and(|since| since.elapsed() > LONGEST) {
                eprintln!("{}", failed(&folder, reader, &now.input, "the reader never ends"));
                std::process::exit(1);
            }
        }
    });
}

/// Keeps the input.
fn failed(folder: &Path, reader: Reader, input: &[u8], why: &str) -> String {
    let file = folder.join(match reader {
        Reader::Json => "failed.json",
        Reader::Yaml => "failed.yaml",
        Reader::Generator => "failed.txt",
    });
    let kept = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&file, input));
    let kept = kept.map_or_else(|error| error.to_string(), |()| file.display().to_string());
    format!("error: {why}; the input is {kept}")
}

/// The CPU time of this process so far.
#[cfg(unix)]
fn cpu_time() -> Duration {
    use nix::sys::resource::{UsageWho, getrusage};
    let Ok(usage) = getrusage(UsageWho::RUSAGE_SELF) else { return Duration::ZERO };
    let time = usage.user_time();
    Duration::from_secs(time.tv_sec().unsigned_abs())
        + Duration::from_micros(time.tv_usec().unsigned_abs())
}

/// The time that passes, where CPU time is not known.
#[cfg(not(unix))]
fn cpu_time() -> Duration {
    static BEGAN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    BEGAN.get_or_init(Instant::now).elapsed()
}
