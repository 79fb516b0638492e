//! Does one thing many times, so that `valgrind --tool=callgrind` counts its instructions:
//! `count decode|encode CASE SIDE TIMES`. Without arguments it counts the allocations of all cases.

use benches::cases::{CASES, Case, SIDES, Side};
use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts allocations and their bytes.
struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);
static BYTES: AtomicUsize = AtomicUsize::new(0);

#[allow(unsafe_code)] // An allocator is unsafe by its trait; all it does is to count.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        BYTES.fetch_add(layout.size(), Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        BYTES.fetch_add(size, Ordering::Relaxed);
        unsafe { System.realloc(place, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, case, side, times] = arguments.as_slice() else {
        allocations();
        return ExitCode::SUCCESS;
    };
    let side = SIDES.into_iter().find(|one| format!("{one:?}").eq_ignore_ascii_case(side));
    let case = CASES.iter().find(|one| one.name == case);
    let (Some(side), Some(case), Ok(times)) = (side, case, times.parse::<usize>()) else {
        eprintln!("count decode|encode CASE Models|Twin|TwinKeeping TIMES");
        return ExitCode::FAILURE;
    };
    let (json, job) = case.prepare(side);
    for _ in 0..times {
        match what.as_str() {
            "decode" => job.decode(black_box(&json)),
            _ => drop(black_box(job.encode())),
        }
    }
    ExitCode::SUCCESS
}

fn allocations() {
    println!("{:20} {:12} {:>8} {:>10} {:>9} {:>9}", "case", "side", "json", "what", "count", "bytes");
    for case in &CASES {
        for side in SIDES {
            count(case, side);
        }
    }
}

fn count(case: &Case, side: Side) {
    let (json, job) = case.prepare(side);
    for what in ["decode", "encode"] {
        let before = (ALLOCATIONS.load(Ordering::Relaxed), BYTES.load(Ordering::Relaxed));
        match what {
            "decode" => job.decode(&json),
            _ => drop(black_box(job.encode())),
        }
        let count = ALLOCATIONS.load(Ordering::Relaxed) - before.0;
        let bytes = BYTES.load(Ordering::Relaxed) - before.1;
        let (name, side, length) = (case.name, format!("{side:?}"), json.len());
        println!("{name:20} {side:12} {length:>8} {what:>10} {count:>9} {bytes:>9}");
    }
}
