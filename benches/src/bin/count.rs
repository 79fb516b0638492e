//! Does one thing many times, so that `valgrind --tool=callgrind` counts its instructions:
//! `count decode|encode CASE SIDE TIMES`. Without arguments it counts the allocations of all cases.

use benches::cases::{CASES, Case, SIDES, Side};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::hint::black_box;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

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
    println!(
        "{:20} {:12} {:>8} {:>10} {:>9} {:>9}",
        "case", "side", "json", "what", "count", "bytes"
    );
    for case in &CASES {
        for side in SIDES {
            count(case, side);
        }
    }
}

fn count(case: &Case, side: Side) {
    let (json, job) = case.prepare(side);
    for what in ["decode", "encode"] {
        let region = Region::new(ALLOCATOR);
        match what {
            "decode" => job.decode(&json),
            _ => drop(black_box(job.encode())),
        }
        let change = region.change();
        let count = change.allocations + change.reallocations;
        let bytes = change.bytes_allocated;
        let (name, side, length) = (case.name, format!("{side:?}"), json.len());
        println!("{name:20} {side:12} {length:>8} {what:>10} {count:>9} {bytes:>9}");
    }
}
