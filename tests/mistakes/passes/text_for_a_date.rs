//! Text is accepted for a date. What is not a date is an error of the request, which is not sent.

use golden_service::shop::OrderCollectionArchiveParameters;
use golden_service::{Client, runtime};
use golden_values::values::{Everything, EverythingUpdate, Holder, HolderUpdate};
use runtime::transport::Replay;
use runtime::{Error, Request};

/// Why a request cannot be sent.
fn refused<T>(request: Request<T>) -> String {
    request.to_http().expect_err("a request that is not sent").to_string()
}

fn main() -> Result<(), Error> {
    let orders = Client::builder().transport(Replay::new()).build()?.orders();

    let parameters = OrderCollectionArchiveParameters::new().before("2026-11-24");
    let request = orders.archive(parameters).to_http()?;
    assert_eq!(&request.body()[..], br#"{"before":"2026-11-24"}"#);

    let error = refused(orders.archive(OrderCollectionArchiveParameters::new().before("tomorrow")));
    assert!(error.contains("the value of `before` cannot be sent"), "{error}");
    assert!(error.contains("\"tomorrow\" is not a date such as 2017-01-31"), "{error}");

    let client = golden_values::Client::builder().service_root("https://example.com/values");
    let client = client.transport(Replay::new()).build()?;
    let update = EverythingUpdate::new().date("24.11.2026").guid("7");
    let holder = HolderUpdate::new().everything(update);
    let error = refused(client.holders().create(holder));
    assert!(error.contains("`everything.date` cannot be sent"), "{error}");
    assert!(error.contains("\"24.11.2026\" is not a date"), "{error}");

    let late = Holder::EVERYTHING.then(Everything::DATE).gt("tomorrow");
    let error = refused(client.holders().list().filter(late));
    assert!(error.contains("the value of `everything/date` cannot be sent"), "{error}");
    Ok(())
}
