//! Makes exchanges with a service and prints what came of each.
#![allow(warnings)]

mod exchanges;
mod harness;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let base = std::env::args().nth(1).expect("the address of the service");
    exchanges::all(&base).await;
}
