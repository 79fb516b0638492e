//! A generated client against the service in `e2e/srv`.

use library_client::Client;
use library_client::library_service::*;

fn client() -> Client {
    let root = std::env::var("LIBRARY_ROOT").expect("`cargo xtask e2e` says where the service is");
    Client::with_service_root(&root, "token").expect("a client")
}

#[tokio::test]
async fn it_is_there() {
    let books = client().books().list().await.expect("a page");
    assert!(books.value.len() < 1000);
}
