//! Makes exchanges with a service and prints what came of each.
#![allow(warnings)]

mod exchanges;
mod harness;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let base = arguments.next().expect("the address of the service");
    let first = arguments.next().expect("the number of the first exchange");
    exchanges::all(&base, first.parse().expect("a number")).await;
}
