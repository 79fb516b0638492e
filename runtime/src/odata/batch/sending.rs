//! How a batch travels: round after round, until each part has an outcome.
//!
//! Enters: a batch. Leaves: its answers. Which parts travel is decided in `rounds`.

use std::collections::BTreeMap;
use std::time::Duration;

use http::Method;
use http::header::HeaderName;
use tracing::debug;

use super::answers::Answers;
use super::part::{Entry, Written};
use super::reply::{self, Replies};
use super::rounds::{Moment, Rounds};
use super::{Batch, part::Part};
use crate::odata::answer::ODATA;
use crate::web::answer::Answer;
use crate::web::call::Call;
use crate::web::client::ServiceClient;
use crate::web::error::{Error, ErrorKind};
use crate::web::exchange;
use crate::web::path::ResourcePath;
use crate::web::settings::{Deadline, Settings};

/// Without this preference a service stops at the first part that fails.
const PREFERENCE: &str = "odata.continue-on-error";

pub(super) async fn send(batch: Batch) -> Result<Answers, Error> {
    let Batch { client, number, mut parts, max_parts, settings, fault, .. } = batch;
    if let Some(fault) = fault {
        return Err(fault);
    }
    check_groups(&parts, max_parts)?;
    for part in &mut parts {
        part.call.assign_id(&client);
    }
    let written = parts.iter().map(|part| Written::new(&client, &part.call));
    let written = written.collect::<Result<Vec<_>, Error>>()?;
    let started = client.transport().now();
    let total = settings.total_timeout.or_else(|| longest_total(&parts));
    let deadline = total.map(|limit| Deadline::new(started, limit));
    let retry = settings.retry.unwrap_or(*client.retry());
    let mut rounds = Rounds::new(parts, max_parts);
    loop {
        let round = rounds.next();
        if round.is_empty() {
            return Ok(Answers::new(client, number, rounds.into_outcomes()));
        }
        let mut call = call(&client, rounds.parts(), &round, &written, &settings);
        if let Some(deadline) = deadline {
            call.settings_mut().total_timeout = Some(deadline.left(client.transport().now()));
        }
        let answer = post(&client, &call).await;
        let (replies, answer) = match answer {
            Ok(answer) => answer,
            Err(error) if rounds.is_untouched() => return Err(error),
            Err(error) => {
                rounds.abandon(&round, &error);
                continue;
            }
        };
        let now = client.transport().now();
        let elapsed = now.duration_since(started).unwrap_or_default();
        let left = deadline.map(|deadline| deadline.left(now));
        let moment = Moment { now, elapsed, left, retry: &retry, client: &client, answer: &answer };
        if let Some(delay) = rounds.accept(&round, replies, &moment) {
            debug!(?delay, "parts of the batch are tried again");
            client.transport().sleep(delay).await;
        }
    }
}

/// A group that no batch can hold could never be sent.
fn check_groups(parts: &[Part], max_parts: usize) -> Result<(), Error> {
    for part in parts.iter().filter(|part| part.group.is_some()) {
        let size = parts.iter().filter(|other| other.group == part.group).count();
        if size > max_parts {
            let why = format!("its atomic group has {size} requests, a batch at most {max_parts}");
            return Err(part.call.described(Error::new(ErrorKind::Request, why)));
        }
    }
    Ok(())
}

fn document(parts: &[Part], round: &[usize], written: &[Written]) -> Vec<u8> {
    let travels = |index| round.contains(&index);
    let entry = |index: &usize| Entry::new(parts, *index, &written[*index], travels);
    let entries: Vec<Entry<'_>> = round.iter().map(entry).collect();
    // Strings and JSON that was read before can always be written.
    serde_json::to_vec(&BTreeMap::from([("requests", entries)])).unwrap_or_default()
}

/// The longest limit of the parts for all tries, if each has one.
fn longest_total(parts: &[Part]) -> Option<Duration> {
    let limits: Option<Vec<Duration>> =
        parts.iter().map(|part| part.call.total_timeout()).collect();
    limits?.into_iter().max()
}

fn call(
    client: &ServiceClient,
    parts: &[Part],
    round: &[usize],
    written: &[Written],
    settings: &Settings,
) -> Call {
    let path = ResourcePath::default().child("$batch");
    let mut call = Call::new(&ODATA, Method::POST, path).json(document(parts, round, written));
    call.extend_header(&HeaderName::from_static("prefer"), PREFERENCE);
    *call.settings_mut() = settings.clone();
    // The timeout of the batch is the longest of its parts.
    let longest = round.iter().filter_map(|index| parts[*index].call.timeout()).max();
    if let Some(longest) = longest
        && settings.timeout.is_none()
        && client.timeout().is_some_and(|limit| limit < longest)
    {
        call.settings_mut().timeout = Some(longest);
    }
    call
}

async fn post(client: &ServiceClient, call: &Call) -> Result<(Replies, Answer), Error> {
    let answer = exchange::send(client, call).await?;
    let replies = reply::read(answer.body());
    let replies = replies.map_err(|error| answer.to(client, call).unreadable(error))?;
    // Its content was read; it is kept only for how its parts came.
    Ok((replies, answer.emptied()))
}
