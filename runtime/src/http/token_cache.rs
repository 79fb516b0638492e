//! The token of a client, kept between its requests.
//!
//! Enters: the wishes of requests for a token. Leaves: tokens, with as few calls of the credential as
//! possible. It knows nothing of HTTP; the transport is only its clock.

use std::error::Error as StdError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use crate::web::credential::{Credential, Token, TokenRequest};
use crate::web::transport::Transport;

/// How long before it expires a token is renewed, at most; tokens that live less than ten times as long
/// are renewed later.
const MARGIN: Duration = Duration::from_secs(300);

/// How long the old token is used after an early renewal has begun.
const RENEWAL_PAUSE: Duration = Duration::from_secs(30);

/// An error of a credential, shared by all requests that waited for it.
pub(crate) type SharedError = Arc<dyn StdError + Send + Sync>;

/// Returns the tokens of one client and calls its credential once for all requests that wait.
pub(crate) struct TokenCache {
    credential: Arc<dyn Credential>,
    scopes: Arc<[String]>,
    /// What the credential may send its own requests through.
    transport: Arc<dyn Transport>,
    /// Whether tokens are kept at all.
    keeps: bool,
    /// Held while the credential is called. A request that is cancelled drops it early, and the next
    /// one that waits makes the call.
    gate: async_lock::Mutex<()>,
    slot: Mutex<Slot>,
}

/// What is known about the calls so far. It is never locked while the credential is called.
#[derive(Default)]
struct Slot {
    kept: Option<Kept>,
    /// How many calls of the credential came to an end.
    finished: u64,
    last: Option<Outcome>,
}

/// A token, and what else is known about it.
struct Kept {
    token: Token,
    /// The claims that it was requested with.
    claims: Option<String>,
    /// When to try to get the next one; `None` if the token does not expire.
    renew_at: Option<SystemTime>,
}

/// How the last call of the credential ended.
struct Outcome {
    wish: Wish,
    failure: Option<SharedError>,
}

/// Which token is acceptable.
#[derive(Clone, Default, PartialEq)]
struct Wish {
    /// The token that the service refused, so that it must be another one.
    refused: Option<Token>,
    /// The claims that the service demanded then.
    claims: Option<String>,
}

/// What the slot holds for a wish.
enum Found {
    Good(Token),
    /// The token is acceptable, but it is time to get another one.
    Due(Token),
    /// Nothing, after so many calls of the credential.
    Nothing(u64),
}

impl TokenCache {
    pub(crate) fn new(
        credential: Arc<dyn Credential>,
        scopes: Arc<[String]>,
        keeps: bool,
        transport: Arc<dyn Transport>,
    ) -> Self {
        let gate = async_lock::Mutex::new(());
        Self { credential, scopes, transport, keeps, gate, slot: Mutex::default() }
    }

    /// The token for a request, if it is kept and the credential need not be called.
    pub(crate) fn at_hand(&self, clock: &dyn Transport) -> Option<Token> {
        // A client that keeps no tokens has none here.
        match self.slot().find(&Wish::default(), clock.now()) {
            Found::Good(token) => Some(token),
            Found::Due(_) | Found::Nothing(_) => None,
        }
    }

    /// A token for a request.
    ///
    /// # Errors
    ///
    /// The credential returned none, either to this caller or to the one that this caller waited for.
    pub(crate) async fn token(&self, clock: &dyn Transport) -> Result<Token, SharedError> {
        self.get(Wish::default(), clock).await
    }

    /// A token in place of one that the service refused, with the claims that it demanded.
    ///
    /// It may be the refused one again, if the credential has no other.
    ///
    /// # Errors
    ///
    /// As for [`token`](Self::token).
    pub(crate) async fn replace(
        &self,
        refused: Token,
        claims: Option<String>,
        clock: &dyn Transport,
    ) -> Result<Token, SharedError> {
        self.get(Wish { refused: Some(refused), claims }, clock).await
    }

    async fn get(&self, wish: Wish, clock: &dyn Transport) -> Result<Token, SharedError> {
        if !self.keeps {
            return self.credential.token(self.request(&wish)).await.map_err(Arc::from);
        }
        let found = self.slot().find(&wish, clock.now());
        let seen = match found {
            Found::Good(token) => return Ok(token),
            Found::Due(token) => return Ok(self.renew_early(token, clock).await),
            Found::Nothing(seen) => seen,
        };
        let _gate = self.gate.lock().await;
        let done = self.slot().outcome_since(seen, &wish, clock.now());
        match done {
            Some(outcome) => outcome,
            None => self.call(wish, clock).await,
        }
    }

    /// Gets the next token while the old one is still valid, and returns the old one if that fails
    /// or if another request is already getting the next one.
    async fn renew_early(&self, old: Token, clock: &dyn Transport) -> Token {
        let Some(_gate) = self.gate.try_lock() else {
            return old;
        };
        if !self.slot().begin_renewal(clock.now()) {
            return old;
        }
        match self.call(Wish::default(), clock).await {
            Ok(token) => token,
            Err(error) => {
                tracing::warn!(%error, "the token was not renewed, the old one is still valid");
                old
            }
        }
    }

    /// Calls the credential. The caller holds the gate.
    async fn call(&self, wish: Wish, clock: &dyn Transport) -> Result<Token, SharedError> {
        let result = self.credential.token(self.request(&wish)).await;
        let result = result.map_err(SharedError::from);
        self.slot().finish(wish, &result, clock.now());
        result
    }

    /// What the credential is asked for.
    fn request(&self, wish: &Wish) -> TokenRequest {
        let request = TokenRequest::new(Arc::clone(&self.scopes));
        let request = request.through(Arc::clone(&self.transport));
        if wish.refused.is_some() { request.refreshed(wish.claims.clone()) } else { request }
    }

    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    fn find(&self, wish: &Wish, now: SystemTime) -> Found {
        match self.kept.as_ref().filter(|kept| kept.satisfies(wish, now)) {
            // A request whose token was refused needs only a different one.
            Some(kept) if wish.refused.is_none() && kept.is_due(now) => {
                Found::Due(kept.token.clone())
            }
            Some(kept) => Found::Good(kept.token.clone()),
            None => Found::Nothing(self.finished),
        }
    }

    /// The result for a wish of a call that ended after `seen` others, if it applies to the wish.
    fn outcome_since(
        &self,
        seen: u64,
        wish: &Wish,
        now: SystemTime,
    ) -> Option<Result<Token, SharedError>> {
        if self.finished == seen {
            return None;
        }
        // The same wish has the same outcome, even if the token is the refused one again.
        let same = self.last.as_ref().filter(|last| last.wish == *wish);
        if let Some(failure) = same.and_then(|last| last.failure.clone()) {
            return Some(Err(failure));
        }
        let kept = self.kept.as_ref()?;
        (same.is_some() || kept.satisfies(wish, now)).then(|| Ok(kept.token.clone()))
    }

    /// Whether the token is still due; if so, the next attempt has to wait for a while, so that
    /// a credential that fails or hangs does not hold up each request.
    fn begin_renewal(&mut self, now: SystemTime) -> bool {
        let Some(kept) = self.kept.as_mut().filter(|kept| kept.is_due(now)) else {
            return false;
        };
        kept.renew_at = now.checked_add(RENEWAL_PAUSE);
        true
    }

    fn finish(&mut self, wish: Wish, result: &Result<Token, SharedError>, now: SystemTime) {
        self.finished = self.finished.wrapping_add(1);
        if let Ok(token) = result {
            let renew_at = token.expires_at().map(|end| renewal(end, now));
            self.kept = Some(Kept { token: token.clone(), claims: wish.claims.clone(), renew_at });
        }
        self.last = Some(Outcome { wish, failure: result.as_ref().err().cloned() });
    }
}

impl Kept {
    fn satisfies(&self, wish: &Wish, now: SystemTime) -> bool {
        let good = self.token.expires_at().is_none_or(|end| now < end);
        good && wish.refused.as_ref().is_none_or(|refused| {
            let has_claims = wish.claims.is_none() || wish.claims == self.claims;
            self.token.secret() != refused.secret() && has_claims
        })
    }

    fn is_due(&self, now: SystemTime) -> bool {
        self.renew_at.is_some_and(|at| at <= now)
    }
}

/// When to renew a token that expires at `end`.
fn renewal(end: SystemTime, now: SystemTime) -> SystemTime {
    let lifetime = end.duration_since(now).unwrap_or_default();
    end.checked_sub(MARGIN.min(lifetime / 10)).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(refused: &str, claims: Option<&str>) -> Wish {
        Wish { refused: Some(Token::new(refused)), claims: claims.map(str::to_owned) }
    }

    /// A slot in which a call for `wish` has just returned `token`.
    fn slot(wish: Wish, token: &str) -> Slot {
        let mut slot = Slot::default();
        slot.finish(wish, &Ok(Token::new(token)), SystemTime::UNIX_EPOCH);
        slot
    }

    #[test]
    fn a_token_without_the_claims_does_not_do() {
        let slot = slot(wish("t1", Some("one")), "t2");
        let good = |wish| matches!(slot.find(&wish, SystemTime::UNIX_EPOCH), Found::Good(_));
        assert!(good(wish("t1", Some("one"))) && good(wish("t1", None)) && good(Wish::default()));
        assert!(!good(wish("t1", Some("two"))) && !good(wish("t2", None)));
    }

    #[test]
    fn who_waited_takes_what_the_call_of_another_wish_returned() {
        let slot = slot(wish("t1", None), "t2");
        let outcome = slot.outcome_since(0, &Wish::default(), SystemTime::UNIX_EPOCH);
        assert_eq!(outcome.and_then(Result::ok), Some(Token::new("t2")));
    }

    #[test]
    fn a_credential_that_has_no_other_token_is_asked_once_for_all_who_wait() {
        let slot = slot(wish("t1", None), "t1");
        let outcome = slot.outcome_since(0, &wish("t1", None), SystemTime::UNIX_EPOCH);
        assert_eq!(outcome.and_then(Result::ok), Some(Token::new("t1")));
        assert!(slot.outcome_since(1, &wish("t1", None), SystemTime::UNIX_EPOCH).is_none());
    }
}
