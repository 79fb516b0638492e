//! The types of formats of JSON Schema that OData does not have.

#![allow(clippy::unwrap_used)] // A test may panic.

use schemacrate_runtime::model::{Formatted, FromText, IntoValue, Update, from_json, to_json};
use schemacrate_runtime::primitive::{
    CalendarDuration, DateTimeLocal, Duration, HttpDate, Ipv4Addr, Ipv6Addr, ParseLiteralError,
    TimeOfDayOffset, Uuid,
};
use std::fmt::Display;
use std::str::FromStr;

/// Reads each text, and checks that it is written as it was.
#[track_caller]
fn kept<T: FromStr + Display>(texts: &[&str]) {
    for text in texts {
        let value = text.parse::<T>().unwrap_or_else(|_| panic!("{text}"));
        assert_eq!(value.to_string(), *text);
    }
}

#[track_caller]
fn refused<T: FromStr>(texts: &[&str]) {
    for text in texts {
        assert!(text.parse::<T>().is_err(), "{text}");
    }
}

#[test]
fn times_with_an_offset() {
    kept::<TimeOfDayOffset>(&[
        "08:30:06Z",
        "08:30:06.283185z",
        "23:59:60+00:00",
        "08:30:06-00:00",
        "08:30:06.123456789012+05:30",
        "08:30-23:59",
    ]);
    refused::<TimeOfDayOffset>(&[
        "",
        "Z",
        "08:30:06",
        "24:00:00Z",
        "08:30:06 Z",
        "08:30:06+5:30",
        "08:30:06+05:60",
        "é+01:00",
        "08:30:06+0530",
        "1963-06-19T08:30:06Z",
    ]);
    let zero: TimeOfDayOffset = "08:30:06Z".parse().unwrap();
    assert_eq!(TimeOfDayOffset::new(zero.time(), zero.offset()), zero);
    let west = time::UtcOffset::from_hms(-3, -30, 0).unwrap();
    assert_eq!(TimeOfDayOffset::new(zero.time(), west).to_string(), "08:30:06-03:30");
}

#[test]
fn days_and_times_without_an_offset() {
    kept::<DateTimeLocal>(&["2017-01-31T23:05", "2017-01-31t23:05:00.0"]);
    refused::<DateTimeLocal>(&[
        "",
        "T",
        "2017-01-31",
        "2017-02-30T00:00:00",
        "2017-01-31T00:00:00Z",
        "2017-01-31T00:00:00+01:00",
        "2017-01-31 00:00:00",
    ]);
    let one: DateTimeLocal = "2017-01-31T23:05:00".parse().unwrap();
    assert_eq!(DateTimeLocal::from(time::PrimitiveDateTime::from(one)), one);
    assert!(one < "2017-01-31T23:05:01".parse().unwrap());
}

#[test]
fn spans_of_the_calendar() {
    kept::<CalendarDuration>(&[
        "P1Y",
        "P2M",
        "P3W",
        "P4D",
        "PT5H",
        "PT1M",
        "P1Y2M3DT4H5M6.5S",
        "-P1M",
    ]);
    refused::<CalendarDuration>(&[
        "",
        "P",
        "PT",
        "P1",
        "1D",
        "P1DT",
        "P1H",
        "PT1D",
        "P1M2Y",
        "P1D2W",
        "P-1D",
        "P1.5D",
        "PT1S2M",
        "P99999999999999999999Y",
        "P9223372036854775807Y",
        "--P1D",
        "Pé",
    ]);
    let parts = |text: &str| {
        let span: CalendarDuration = text.parse().unwrap();
        (span.months(), time::Duration::from(span.without_months().clone()))
    };
    assert_eq!(parts("P1Y2M3DT1M"), (14, time::Duration::days(3) + time::Duration::MINUTE));
    assert_eq!(parts("-P1Y1W1D"), (-12, time::Duration::days(-8)));
    assert_eq!(parts("PT1M"), (0, time::Duration::MINUTE));
    assert_eq!(parts("P1M"), (1, time::Duration::ZERO));
    // What is a duration of OData is the same span here.
    for text in ["P1DT2H3M4.5S", "-PT0.001S", "P0D", "PT1H"] {
        let (span, own): (CalendarDuration, Duration) =
            (text.parse().unwrap(), text.parse().unwrap());
        assert_eq!((span.without_months(), &span), (&own, &CalendarDuration::from(own.clone())));
    }
}

#[test]
fn formatted_strings_hold_what_came() {
    fn read<T: FromStr>(json: &str) -> bool {
        let value: Formatted<T> = from_json(json.as_bytes()).unwrap();
        assert_eq!(to_json(&value), json.as_bytes());
        value.get().is_ok()
    }
    assert!(read::<TimeOfDayOffset>("\"08:30:06Z\"") && !read::<TimeOfDayOffset>("\"08:30:06\""));
    assert!(read::<i64>("\"-9223372036854775808\"") && !read::<i64>("\"9223372036854775808\""));
    assert!(read::<u64>("\"18446744073709551615\"") && !read::<u64>("\"-1\""));
    assert!(read::<Ipv4Addr>("\"10.0.0.1\"") && !read::<Ipv4Addr>("\"10.0.0.256\""));
    assert!(read::<Ipv6Addr>("\"2001:DB8::1\"") && !read::<Ipv6Addr>("\"2001:DB8::1%eth0\""));
    assert!(
        read::<HttpDate>("\"Sun, 06 Nov 1994 08:49:37 GMT\"")
            && !read::<HttpDate>("\"1994-11-06\"")
    );
    assert_eq!(Formatted::<i64>::from(7), "7");
}

#[test]
fn texts_are_given_where_a_format_is_declared() {
    fn given<T>(value: impl IntoValue<Formatted<T>>) -> Result<String, String> {
        let update = Update::default().with("value", value);
        let fault = update.fault().map(|fault| fault.to_string());
        let fault = fault.map(|fault| fault.replace("the value of `value` cannot be sent: ", ""));
        fault.map_or_else(|| Ok(String::from_utf8(update.to_json()).unwrap()), Err)
    }
    fn takes<T>(text: &'static str, wrong: &'static str, message: &str)
    where
        Formatted<T>: FromText,
    {
        assert_eq!(given::<T>(text), Ok(format!("{{\"value\":\"{text}\"}}")));
        assert_eq!(given::<T>(text.to_owned()), given::<T>(text));
        assert_eq!(given::<T>(wrong), Err(format!("\"{wrong}\" is not {message}")));
    }
    takes::<HttpDate>(
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "1994-11-06",
        "a date of HTTP such as Sun, 06 Nov 1994 08:49:37 GMT",
    );
    takes::<Ipv4Addr>("10.0.0.1", "10.0.0.256", "an address such as 192.0.2.1");
    takes::<Ipv6Addr>("2001:DB8::1", "10.0.0.1", "an address such as 2001:db8::1");
    takes::<Uuid>(
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "6ba7",
        "a UUID such as 6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    );
    let expected =
        |error: ParseLiteralError| error.to_string().split_once(" is not ").unwrap().1.to_owned();
    let message = expected("x".parse::<CalendarDuration>().unwrap_err());
    takes::<CalendarDuration>("P1Y2M", "1 year", &message);
    let message = expected("x".parse::<TimeOfDayOffset>().unwrap_err());
    takes::<TimeOfDayOffset>("08:30:06Z", "08:30:06", &message);
    let message = expected("x".parse::<DateTimeLocal>().unwrap_err());
    takes::<DateTimeLocal>("2017-01-31T23:05", "2017-01-31", &message);
    // The values themselves, and what converts into them.
    let moment = std::time::UNIX_EPOCH;
    assert_eq!(given::<HttpDate>(moment), given::<HttpDate>("Thu, 01 Jan 1970 00:00:00 GMT"));
    assert_eq!(given::<HttpDate>(HttpDate::from(moment)), given::<HttpDate>(moment));
    assert_eq!(
        given::<CalendarDuration>(time::Duration::DAY),
        Ok("{\"value\":\"PT86400S\"}".to_owned())
    );
    assert_eq!(given::<Ipv4Addr>(Ipv4Addr::LOCALHOST), given::<Ipv4Addr>("127.0.0.1"));
    assert_eq!(given::<Ipv6Addr>(Ipv6Addr::LOCALHOST), given::<Ipv6Addr>("::1"));
    assert_eq!(given::<i64>(7), Ok("{\"value\":\"7\"}".to_owned()));
    assert_eq!(given::<u64>(7), given::<i64>(7));
    let time: TimeOfDayOffset = "08:30:06Z".parse().unwrap();
    assert_eq!(given::<TimeOfDayOffset>(time), given::<TimeOfDayOffset>("08:30:06Z"));
    let local: DateTimeLocal = "2017-01-31T23:05".parse().unwrap();
    assert_eq!(given::<DateTimeLocal>(local), given::<DateTimeLocal>("2017-01-31T23:05"));
}
