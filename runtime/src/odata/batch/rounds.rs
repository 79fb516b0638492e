//! Which parts of a batch travel next, and their outcomes.
//!
//! Enters: the parts, and the answers so far. Leaves: the parts of the next round and, at the end, the
//! outcome of each. It sends nothing and waits for nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::StatusCode;

use super::answers::Outcome;
use super::part::{Part, part_name};
use super::reply::Replies;
use crate::odata::answer::ODATA;
use crate::web::answer::{self, Answer};
use crate::web::call::Call;
use crate::web::client::ServiceClient;
use crate::web::error::{Error, ErrorKind};
use crate::web::link;
use crate::web::redirect::is_redirect;
use crate::web::retry::{RetryPolicy, is_idempotent, is_retryable, retry_after};

/// The parts of a batch between its rounds.
pub(super) struct Rounds {
    parts: Vec<Part>,
    states: Vec<State>,
    max_parts: usize,
}

enum State {
    Waiting { retries: u32 },
    Over(Box<Outcome>),
}

/// When and how a round was answered.
pub(super) struct Moment<'a> {
    pub(super) now: SystemTime,
    pub(super) elapsed: Duration,
    /// How much time is left for all rounds, if that is limited.
    pub(super) left: Option<Duration>,
    /// When parts are sent again that have no policy of their own.
    pub(super) retry: &'a RetryPolicy,
    pub(super) client: &'a ServiceClient,
    /// The answer of the batch.
    pub(super) answer: &'a Answer,
}

/// What the service reports about a part.
enum Verdict {
    Success(Answer),
    Failure(Error),
    /// It did not act, and the part may be sent again after this delay.
    Busy(Duration, Error),
    /// It did not act, because another part failed; or it reports nothing.
    Undone(Error),
}

impl Rounds {
    pub(super) fn new(parts: Vec<Part>, max_parts: usize) -> Self {
        let states = parts.iter().map(|_| State::Waiting { retries: 0 }).collect();
        Self { parts, states, max_parts }
    }

    pub(super) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether no part has an outcome yet.
    pub(super) fn is_untouched(&self) -> bool {
        (0..self.parts.len()).all(|index| self.is_waiting(index))
    }

    /// The parts of the next round; none if all have an outcome.
    ///
    /// They are taken in order, so that everything that a part comes after is in this round or has
    /// succeeded before.
    pub(super) fn next(&mut self) -> Vec<usize> {
        self.settle();
        let mut round = Vec::new();
        let mut index = 0;
        while index < self.parts.len() {
            let unit = self.unit(index);
            index += unit;
            let waiting = (index - unit..index).filter(|index| self.is_waiting(*index));
            let waiting: Vec<usize> = waiting.collect();
            if round.len() + waiting.len() > self.max_parts {
                break;
            }
            round.extend(waiting);
        }
        round
    }

    /// Takes the answers of a round. Gives the delay before the next one, if the service asks for
    /// one.
    pub(super) fn accept(
        &mut self,
        round: &[usize],
        mut replies: Replies,
        moment: &Moment<'_>,
    ) -> Option<Duration> {
        let mut verdicts: BTreeMap<usize, Verdict> = BTreeMap::new();
        for &index in round {
            let reply = replies.remove(&part_name(index));
            verdicts.insert(index, self.verdict(index, reply, moment));
        }
        self.keep_groups_whole(&mut verdicts);
        let mut again = BTreeSet::new();
        let mut longest = None;
        for (index, verdict) in verdicts {
            let after_one_again = self.parts[index].after.iter().any(|other| again.contains(other));
            let outcome = match verdict {
                Verdict::Success(answer) => Ok(answer),
                Verdict::Failure(error) => Err(error),
                Verdict::Busy(delay, _) => {
                    longest = longest.max(Some(delay));
                    again.insert(index);
                    if let State::Waiting { retries } = &mut self.states[index] {
                        *retries += 1;
                    }
                    continue;
                }
                Verdict::Undone(_) if after_one_again => {
                    again.insert(index);
                    continue;
                }
                Verdict::Undone(error) => Err(self.undone(index, error)),
            };
            self.states[index] = State::Over(Box::new(outcome));
        }
        longest
    }

    /// Ends all that wait, after a round had no answer.
    pub(super) fn abandon(&mut self, round: &[usize], error: &Error) {
        for index in 0..self.parts.len() {
            if !self.is_waiting(index) {
                continue;
            }
            let why = if round.contains(&index) {
                format!("its batch was not answered: {}", error.message())
            } else {
                format!("it was not sent, because the batch before it failed: {}", error.message())
            };
            self.states[index] = State::Over(Box::new(Err(error.again(why))));
        }
    }

    /// The outcome of each part.
    pub(super) fn into_outcomes(self) -> impl Iterator<Item = (Call, Outcome)> {
        self.parts.into_iter().zip(self.states).map(|(part, state)| match state {
            State::Over(outcome) => (part.call, *outcome),
            State::Waiting { .. } => {
                (part.call, Err(Error::new(ErrorKind::Request, "the request was not sent")))
            }
        })
    }

    /// Fails the parts that wait for a failed one, and those that are in a group with one.
    fn settle(&mut self) {
        loop {
            let doomed = (0..self.parts.len()).find_map(|index| {
                let why = self.is_waiting(index).then(|| self.obstacle(index)).flatten()?;
                Some((index, why))
            });
            let Some((index, why)) = doomed else {
                return;
            };
            let error = Error::new(ErrorKind::Dependency, why);
            self.states[index] = State::Over(Box::new(Err(error)));
        }
    }

    /// Why a part can no longer succeed.
    fn obstacle(&self, index: usize) -> Option<String> {
        let failed = |other: &usize| matches!(&self.states[*other], State::Over(outcome) if outcome.is_err());
        let named = |other: usize| {
            let call = &self.parts[other].call;
            format!("{} {}", call.method(), call.template())
        };
        if let Some(other) = self.parts[index].after.iter().copied().find(failed) {
            return Some(format!("it comes after another request that failed ({})", named(other)));
        }
        let other = self.mates(index).find(failed)?;
        Some(format!("another request of its atomic group failed ({})", named(other)))
    }

    /// The other parts of the same group.
    fn mates(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let group = self.parts[index].group;
        let mates = (0..self.parts.len()).filter(move |other| self.parts[*other].group == group);
        mates.filter(move |other| group.is_some() && *other != index)
    }

    /// How many parts from this one on can only travel together.
    fn unit(&self, index: usize) -> usize {
        match self.parts[index].group {
            None => 1,
            Some(group) => {
                let rest = self.parts[index..].iter();
                rest.take_while(|part| part.group == Some(group)).count().max(1)
            }
        }
    }

    fn is_waiting(&self, index: usize) -> bool {
        matches!(self.states[index], State::Waiting { .. })
    }

    fn verdict(
        &self,
        index: usize,
        reply: Option<Result<http::Response<Bytes>, crate::web::error::BoxError>>,
        moment: &Moment<'_>,
    ) -> Verdict {
        let call = &self.parts[index].call;
        let answer = match reply {
            None => {
                let why = "the answer of the batch has none for this request";
                return Verdict::Undone(Error::new(ErrorKind::Decode, why));
            }
            Some(Err(error)) => {
                let secrets = answer::secrets(moment.client, call, moment.answer.token.as_ref());
                let what = "its answer within that of the batch cannot be read";
                return Verdict::Failure(answer::fault(what, error, &secrets));
            }
            Some(Ok(response)) => part(moment, call, response),
        };
        let status = answer.status();
        if status.is_success() {
            return Verdict::Success(answer);
        }
        let answered = answer.to(moment.client, call);
        if is_redirect(status) {
            let why = "the service redirects this request; send it alone to follow, or take the \
                       `location` of this error";
            return Verdict::Failure(answered.error(ErrorKind::Redirect, why));
        }
        let error = answered.refusal(moment.now);
        if status == StatusCode::FAILED_DEPENDENCY {
            return Verdict::Undone(error);
        }
        let wait = retry_after(answer.headers(), moment.now);
        let idempotent = is_idempotent(call.method(), call.headers());
        let retries = match self.states[index] {
            State::Waiting { retries } => retries,
            State::Over(_) => u32::MAX,
        };
        let policy = call.retry().unwrap_or(moment.retry);
        let delay = policy.next_delay(retries, moment.elapsed, wait);
        match delay.filter(|delay| moment.left.is_none_or(|left| *delay < left)) {
            Some(delay) if is_retryable(status, idempotent, wait.is_some()) => {
                Verdict::Busy(delay, error)
            }
            _ => Verdict::Failure(error),
        }
    }

    /// A group is sent again only if the service acted on none of its parts.
    fn keep_groups_whole(&self, verdicts: &mut BTreeMap<usize, Verdict>) {
        let delay_of = |verdict: &Verdict| match verdict {
            Verdict::Busy(delay, _) => Some(*delay),
            _ => None,
        };
        let mut whole: BTreeMap<usize, (bool, Duration)> = BTreeMap::new();
        for (index, verdict) in verdicts.iter() {
            let Some(group) = self.parts[*index].group else {
                continue;
            };
            let inactive = match verdict {
                Verdict::Busy(..) => true,
                Verdict::Undone(error) => error.status() == Some(StatusCode::FAILED_DEPENDENCY),
                Verdict::Success(_) | Verdict::Failure(_) => false,
            };
            let (untouched, longest) = whole.entry(group).or_insert((true, Duration::ZERO));
            *untouched &= inactive;
            *longest = delay_of(verdict).unwrap_or_default().max(*longest);
        }
        let busy: BTreeSet<usize> = verdicts
            .iter()
            .filter(|(_, verdict)| delay_of(verdict).is_some())
            .filter_map(|(index, _)| self.parts[*index].group)
            .collect();
        let members = verdicts.iter_mut().filter_map(|(index, verdict)| {
            let group = self.parts[*index].group.filter(|group| busy.contains(group))?;
            Some((*whole.get(&group)?, verdict))
        });
        for ((untouched, longest), verdict) in members {
            let placeholder = Verdict::Failure(Error::new(ErrorKind::Request, ""));
            *verdict = match std::mem::replace(verdict, placeholder) {
                Verdict::Busy(_, error) | Verdict::Undone(error) if untouched => {
                    Verdict::Busy(longest, error)
                }
                Verdict::Busy(_, error) => Verdict::Failure(error),
                other => other,
            };
        }
    }

    /// The error of a part that the service did not execute.
    fn undone(&self, index: usize, error: Error) -> Error {
        let part = &self.parts[index];
        let why = match self.obstacle(index) {
            Some(why) => why,
            None if error.status() != Some(StatusCode::FAILED_DEPENDENCY) => return error,
            // In a group the cause may come later in the order.
            None if part.group.is_some() => "another request of its atomic group failed".to_owned(),
            None if part.after.is_empty() => return error,
            None => error.message().to_owned(),
        };
        error.again(why).with_kind(ErrorKind::Dependency)
    }
}

/// The answer of a part, which came the same way as that of the batch.
fn part(moment: &Moment<'_>, call: &Call, response: http::Response<Bytes>) -> Answer {
    let root = moment.client.root();
    let url = call.url(root).ok().filter(|_| moment.answer.is_foreign());
    let mut response = response;
    if let Some(url) = &url {
        link::mark_headers(response.headers_mut(), url, root, &ODATA);
    }
    moment.answer.part(response, url)
}
