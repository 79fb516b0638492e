//! One request from the first try to the last: token, retries, redirects, errors.
//!
//! Enters: a call. Leaves: an answer whose status is a success, with its whole body.
//! It knows nothing of the type that the body is read as, so that it is compiled once.

use std::borrow::Cow;
use std::future::{Future, poll_fn, ready};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::response::Parts;
use http::{HeaderName, HeaderValue, StatusCode, header};
use tracing::{Instrument, Span, debug, field};
use url::Url;

use crate::web::answer::{self, Answer, Source};
use crate::web::call::{self, Call};
use crate::web::client::ServiceClient;
use crate::web::client_builder::EXPOSED;
use crate::web::content::Content;
use crate::web::credential::{BoxFuture, Token, claims};
use crate::web::error::{Error, ErrorKind};
use crate::web::link;
use crate::web::mask::masked;
use crate::web::random;
use crate::web::redirect::{self, MAX_REDIRECTS};
use crate::web::response::request_id;
use crate::web::retry::{is_idempotent, is_retryable, retry_after};
use crate::web::service_root::ServiceRoot;
use crate::web::settings::Deadline;
use crate::web::token_cache::{SharedError, TokenCache};
use crate::web::transport::Body;

/// Sends a call and returns the answer, which is a success; or a redirect, if the call's address
/// was supplied for one purpose.
pub(crate) async fn send(client: &ServiceClient, call: &Call) -> Result<Answer, Error> {
    run(client, call, Mode::Whole).await
}

/// Sends a call and returns the answer, which is a success. If it is read as it comes, only its head has come.
pub(crate) async fn send_for(
    client: &ServiceClient,
    call: &Call,
    is_stream: bool,
) -> Result<Answer, Error> {
    run(client, call, if is_stream { Mode::Head } else { Mode::Whole }).await
}

/// Sends a call and returns the answer, which is a success, as soon as its head has come.
pub(crate) async fn open(client: &ServiceClient, call: &Call) -> Result<(Answer, Body), Error> {
    let answer = run(client, call, Mode::Head).await?;
    let body = answer.take_body();
    Ok((answer, body))
}

/// Sends a call with a streamed body, which can be sent only once.
pub(crate) async fn send_stream(
    client: &ServiceClient,
    call: &Call,
    body: Body,
) -> Result<Answer, Error> {
    run(client, call, Mode::Once(body)).await
}

/// How a call is sent and its answer is read.
enum Mode {
    /// The answer is read to its end.
    Whole,
    /// Only the head of a success is read.
    Head,
    /// This body is sent in place of the call's, so the request is never tried again.
    Once(Body),
}

/// The future is in a box, so that it is compiled once and not for each type that is read.
fn run<'a>(
    client: &'a ServiceClient,
    call: &'a Call,
    mode: Mode,
) -> BoxFuture<'a, Result<Answer, Error>> {
    let span = tracing::info_span!(
        "request",
        method = %call.method(),
        path = %call.template(),
        status = field::Empty,
        request_id = field::Empty,
        client_request_id = field::Empty,
        retries = field::Empty,
    );
    match Exchange::new(client, call, span.clone(), mode) {
        Ok(mut exchange) => {
            let run = async move {
                let result = exchange.run().await;
                exchange.identified(result)
            };
            Box::pin(run.instrument(span))
        }
        Err(error) => Box::pin(ready(Err(error))),
    }
}

/// The state between the tries of one call.
struct Exchange<'a> {
    client: &'a ServiceClient,
    call: &'a Call,
    /// Where the next try goes: the call's URL, or that of a redirect.
    url: Url,
    idempotent: bool,
    /// The key by which the service recognises all tries, and its header.
    idempotency_key: Option<Box<(HeaderName, HeaderValue)>>,
    /// How long one try may take.
    timeout: Option<Duration>,
    /// By when it has to be over, with all tries.
    deadline: Option<Deadline>,
    /// Whether the credential is asked for a token, which is what a timeout is to report.
    is_asking: AtomicBool,
    /// The id that the client assigns to the request, for all its tries.
    client_request_id: Option<Box<str>>,
    /// Whether a redirect pointed to another origin. From there on, no token and no header that is not
    /// public is sent, not even if a redirect points back to the service: the service alone no longer
    /// controls where the request goes.
    left_origin: bool,
    token: TokenState,
    /// The span of the call. It is kept and not looked up when needed: if no subscriber is interested in
    /// it, the current span is one of the caller's.
    span: Span,
    started: SystemTime,
    retries: u32,
    redirects: u32,
    mode: Mode,
}

/// Which token the next try uses.
enum TokenState {
    /// The one that the credential returns on request.
    Ask,
    /// One that the credential returned after the service had refused another.
    Refreshed(Token),
}

/// What happens after a try.
enum Next {
    Done(Answer),
    Again(Before),
}

/// What has to be done before the next try.
enum Before {
    Nothing,
    Wait(Duration),
    /// Get another token in place of the one that this answer refuses.
    RenewToken(Box<Answer>),
}

impl<'a> Exchange<'a> {
    fn new(
        client: &'a ServiceClient,
        call: &'a Call,
        span: Span,
        mode: Mode,
    ) -> Result<Self, Error> {
        if call.exposes(client) {
            return Err(call.described(Error::new(ErrorKind::Request, EXPOSED)));
        }
        let started = client.transport().now();
        let total = call.total_timeout().or(client.total_timeout());
        Ok(Self {
            url: call.url(client.root())?,
            idempotent: is_idempotent(call.method(), call.headers())
                || call.idempotency().is_some(),
            idempotency_key: idempotency_key(call),
            timeout: call.timeout().or(client.timeout()),
            deadline: total.map(|limit| Deadline::new(started, limit)),
            is_asking: AtomicBool::new(false),
            client_request_id: assigned_id(client, call, &span),
            started,
            client,
            call,
            left_origin: false,
            token: TokenState::Ask,
            span,
            retries: 0,
            redirects: 0,
            mode,
        })
    }

    async fn run(&mut self) -> Result<Answer, Error> {
        let mut once = match &mut self.mode {
            Mode::Once(body) => Some(std::mem::take(body)),
            Mode::Whole | Mode::Head => None,
        };
        loop {
            let result = {
                let attempt = pin!(self.attempt(once.take()));
                self.within_timeout(attempt).await
            };
            match self.after_try(result)? {
                Next::Done(answer) => return Ok(answer),
                // In a box, because few requests come here, and all would have to carry this future.
                Next::Again(before) => Box::pin(self.prepare(before)).await?,
            }
        }
    }

    /// Sends the request once and reads the whole answer.
    async fn attempt(&self, once: Option<Body>) -> Result<Answer, Error> {
        let token = self.token().await?;
        let request = self.request(token.as_ref(), once)?;
        let response = self.client.transport().send(request).await;
        let (head, body) = response.map_err(Error::from)?.into_parts();
        self.note(&head, token.as_ref());
        if matches!(self.mode, Mode::Head) && head.status.is_success() {
            let response = http::Response::from_parts(head, Bytes::new());
            return Ok(Answer::new(response, token).with_unread(self.within_idle_time(body)));
        }
        let limit = self.client.max_response_size();
        let body = match body.collect(limit).await {
            Ok(Some(body)) => body,
            Ok(None) => {
                let message =
                    format!("the answer has more than {limit} bytes, which is the client's limit");
                let error = Error::new(ErrorKind::TooLarge, message);
                return Err(self.without_body(error, head, token.as_ref()));
            }
            Err(error) => {
                return Err(self.without_body(error.into(), head, token.as_ref()));
            }
        };
        let response = http::Response::from_parts(head, body);
        Ok(Answer::new(response, token))
    }

    /// A body that is read as it comes: the limit of a try is one of each part.
    fn within_idle_time(&self, body: Body) -> Body {
        match self.timeout {
            Some(limit) => body.within(limit, self.client.shared_transport()),
            None => body,
        }
    }

    /// Records in the span what came back, if a subscriber is interested.
    fn note(&self, head: &Parts, token: Option<&Token>) {
        if self.span.is_disabled() {
            return;
        }
        self.span.record("status", head.status.as_u16());
        if let Some(request_id) = request_id(&head.headers) {
            let secrets = answer::secrets(self.client, self.call, token);
            self.span.record("request_id", &*masked(request_id, &secrets));
        }
    }

    /// Adds the head of an answer to the error of its body.
    fn without_body(&self, error: Error, head: Parts, token: Option<&Token>) -> Error {
        let mut head = head;
        if self.is_abroad() {
            let protocol = self.call.protocol();
            link::mark_headers(&mut head.headers, &self.url, self.root(), protocol);
        }
        let secrets = answer::secrets(self.client, self.call, token);
        let error = error.with_head(head.status, head.headers, &secrets);
        error.with_location(|| Some(self.url.clone()))
    }

    /// Whether an origin other than the service answers, was on the way, or supplied the address.
    fn is_abroad(&self) -> bool {
        !self.may_carry_secrets()
    }

    /// Whether the next try may carry a token and keys.
    fn may_carry_secrets(&self) -> bool {
        !self.left_origin && self.call.may_authenticate() && self.root().is_origin_of(&self.url)
    }

    /// The address below which the call is.
    fn root(&self) -> &'a ServiceRoot {
        self.call.root(self.client)
    }

    /// The request of the next try.
    fn request(
        &self,
        token: Option<&Token>,
        once: Option<Body>,
    ) -> Result<http::Request<Body>, Error> {
        let keys = self.call.keys().filter(|_| self.may_carry_secrets());
        let url = match keys.and_then(|keys| keys.url(&self.url)) {
            Some(url) => Cow::Owned(url),
            None => Cow::Borrowed(&self.url),
        };
        let mut request = self.call.to_http_at(self.client.user_agent(), &url)?;
        if self.left_origin {
            redirect::keep_public(request.headers_mut());
        } else if let (Some(name), Some(id)) =
            (self.client.client_request_id(), &self.client_request_id)
            && self.root().is_origin_of(&self.url)
            && let Ok(id) = HeaderValue::from_str(id)
        {
            request.headers_mut().insert(name, id);
        }
        if let Some((name, key)) = self.idempotency_key.as_deref()
            && self.may_carry_secrets()
        {
            request.headers_mut().insert(name, key.clone());
        }
        if let Some(keys) = keys {
            keys.add_to(request.headers_mut());
        }
        if let Some(token) = token {
            request.headers_mut().insert(header::AUTHORIZATION, bearer(token)?);
        }
        #[cfg(feature = "reqwest")]
        request.extensions_mut().insert(crate::web::transport::ParsedUrl(url.into_owned()));
        let once = once.or_else(|| match self.call.body() {
            Content::Bytes(_) => None,
            opened @ Content::Opened(_) => Some(opened.body()),
        });
        let mut request = request.map(|body| once.unwrap_or_else(|| body.into()));
        let is_empty = http_body::Body::is_end_stream(request.body());
        call::frame(&mut request, is_empty);
        Ok(request)
    }

    /// The token of the next try, if it may carry one.
    async fn token(&self) -> Result<Option<Token>, Error> {
        if let TokenState::Refreshed(token) = &self.token {
            return Ok(Some(token.clone()));
        }
        let Some(tokens) = self.tokens() else {
            return Ok(None);
        };
        let clock = self.client.transport();
        if let Some(token) = tokens.at_hand(clock) {
            return Ok(Some(token));
        }
        // In a box, as above.
        self.asked(Box::pin(tokens.token(clock))).await.map(Some)
    }

    /// Waits for the credential, and notes that it does.
    async fn asked(
        &self,
        token: impl Future<Output = Result<Token, SharedError>>,
    ) -> Result<Token, Error> {
        self.is_asking.store(true, Ordering::Relaxed);
        let token = token.await;
        self.is_asking.store(false, Ordering::Relaxed);
        token.map_err(no_token)
    }

    /// The client's tokens, if the next try may carry one.
    fn tokens(&self) -> Option<&'a TokenCache> {
        let own = self.call.headers().contains_key(header::AUTHORIZATION);
        if own || !self.may_carry_secrets() {
            return None;
        }
        self.call.tokens_or(self.client)
    }

    fn after_try(&mut self, result: Result<Answer, Error>) -> Result<Next, Error> {
        match result {
            Ok(answer) => self.after_answer(answer),
            Err(error) => self.after_failure(error),
        }
    }

    fn after_answer(&mut self, mut answer: Answer) -> Result<Next, Error> {
        if self.redirects > 0 || self.call.is_given() {
            self.note_source(&mut answer);
        }
        let status = answer.status();
        let is_redirect = redirect::is_redirect(status);
        if status.is_success() || (is_redirect && self.call.is_given()) {
            return Ok(Next::Done(answer));
        }
        let now = self.client.transport().now();
        if matches!(self.mode, Mode::Once(_)) {
            return Err(answer.to(self.client, self.call).refusal(now));
        }
        if is_redirect {
            return self.follow(&answer).map(|()| Next::Again(Before::Nothing));
        }
        let renewable = answer.token.is_some() && matches!(self.token, TokenState::Ask);
        if status == StatusCode::UNAUTHORIZED && renewable {
            return Ok(Next::Again(Before::RenewToken(Box::new(answer))));
        }
        let wait = retry_after(answer.headers(), now);
        if is_retryable(status, self.idempotent, wait.is_some())
            && let Some(delay) = self.next_delay(now, wait)
        {
            return Ok(Next::Again(Before::Wait(delay)));
        }
        Err(answer.to(self.client, self.call).refusal(now))
    }

    /// Notes where an answer came from, if not from the address of the call. If another
    /// origin was on the way, the links in its headers are marked.
    fn note_source(&self, answer: &mut Answer) {
        let foreign = self.is_abroad();
        if foreign {
            let headers = answer.response.headers_mut();
            link::mark_headers(headers, &self.url, self.root(), self.call.protocol());
        }
        let url = Some(self.url.clone());
        answer.source = Some(Box::new(Source { url, foreign, client_request_id: None }));
    }

    /// After a failed connection the request is tried again if it may take effect twice. After a
    /// timeout it is not: the caller has set how long to wait.
    fn after_failure(&self, error: Error) -> Result<Next, Error> {
        let broken = matches!(error.kind(), ErrorKind::Connect | ErrorKind::Transport);
        let again = broken && !matches!(self.mode, Mode::Once(_));
        if again
            && self.idempotent
            && let Some(delay) = self.next_delay(self.client.transport().now(), None)
        {
            return Ok(Next::Again(Before::Wait(delay)));
        }
        Err(error)
    }

    fn next_delay(&self, now: SystemTime, wait: Option<Duration>) -> Option<Duration> {
        let elapsed = now.duration_since(self.started).unwrap_or_default();
        let policy = self.call.retry().unwrap_or(self.client.retry());
        let delay = policy.next_delay(self.retries, elapsed, wait)?;
        self.deadline.is_none_or(|deadline| delay < deadline.left(now)).then_some(delay)
    }

    async fn prepare(&mut self, before: Before) -> Result<(), Error> {
        match before {
            Before::Nothing => {}
            Before::Wait(delay) => {
                self.retries += 1;
                self.span.record("retries", self.retries);
                debug!(?delay, "the request is tried again");
                self.client.transport().sleep(delay).await;
            }
            Before::RenewToken(answer) => self.renew_token(&answer).await?,
        }
        Ok(())
    }

    /// Asks for another token in place of the one that the service refused.
    ///
    /// # Errors
    ///
    /// If no other token can be obtained, the error is the refusal.
    async fn renew_token(&mut self, answer: &Answer) -> Result<(), Error> {
        let clock = self.client.transport();
        let headers = answer.headers();
        if let (Some(refused), Some(tokens)) = (&answer.token, self.tokens()) {
            let challenges = headers.get_all(header::WWW_AUTHENTICATE).iter();
            let challenge = challenges.filter_map(|value| value.to_str().ok()).find_map(claims);
            let replace = tokens.replace(refused.clone(), challenge, clock);
            let token = {
                let replace = pin!(self.asked(replace));
                self.within_timeout(replace).await?
            };
            if token.secret() != refused.secret() {
                debug!("the service refused the token, the request is tried with another one");
                self.token = TokenState::Refreshed(token);
                return Ok(());
            }
        }
        Err(answer.to(self.client, self.call).refusal(clock.now()))
    }

    /// Directs the next try to the target of a redirect.
    fn follow(&mut self, answer: &Answer) -> Result<(), Error> {
        let answered = answer.to(self.client, self.call);
        let refused = |why: String| answered.error(ErrorKind::Redirect, why);
        if self.redirects == MAX_REDIRECTS {
            return Err(refused(format!("more than {MAX_REDIRECTS} redirects")));
        }
        let method = self.call.method();
        let mut url = redirect::target(&self.url, method, &answer.response).map_err(refused)?;
        if !self.root().is_origin_of(&url) {
            self.left_origin = true;
            self.token = TokenState::Ask;
        }
        if self.left_origin
            && let Some(keys) = self.call.keys()
        {
            keys.remove_from(&mut url);
        }
        self.url = url;
        self.redirects += 1;
        Ok(())
    }

    async fn within_timeout<T>(
        &self,
        mut work: Pin<&mut impl Future<Output = Result<T, Error>>>,
    ) -> Result<T, Error> {
        let left = self.deadline.map(|deadline| deadline.left(self.client.transport().now()));
        let Some(limit) = self.timeout.into_iter().chain(left).min() else {
            return work.await;
        };
        let mut sleep = self.client.transport().sleep(limit);
        poll_fn(|context| {
            if let Poll::Ready(result) = work.as_mut().poll(context) {
                return Poll::Ready(result);
            }
            sleep.as_mut().poll(context).map(|()| Err(self.late(left == Some(limit))))
        })
        .await
    }

    /// The error after the time is over: that of a try, or in total.
    fn late(&self, in_total: bool) -> Error {
        let within = match (in_total, self.deadline, self.timeout) {
            (true, Some(deadline), _) => format!("{:?} in total", deadline.limit()),
            (_, _, limit) => format!("{:?}", limit.unwrap_or_default()),
        };
        if self.is_asking.load(Ordering::Relaxed) {
            let message = format!("the credential returned no token within {within}");
            return Error::new(ErrorKind::CredentialTimeout, message);
        }
        Error::new(ErrorKind::Timeout, format!("no complete answer within {within}"))
    }

    /// Adds the call and the id of the request to the outcome.
    fn identified(&mut self, result: Result<Answer, Error>) -> Result<Answer, Error> {
        let assigned = self.client_request_id.take();
        match result {
            Ok(mut answer) => {
                if assigned.is_some() {
                    answer.source.get_or_insert_default().client_request_id = assigned;
                }
                Ok(answer)
            }
            Err(error) => {
                let id = assigned.as_deref().or_else(|| self.call.own_id(self.client));
                Err(self.call.described(error.with_client_request_id(id)))
            }
        }
    }
}

/// The id that the client assigns to a call that has none of its own, if the client has a header for it.
fn assigned_id(client: &ServiceClient, call: &Call, span: &Span) -> Option<Box<str>> {
    let (_, id) = call.missing_id(client)?;
    span.record("client_request_id", id.as_str());
    Some(id.into())
}

/// A key for a call that asks for one and has none of its own.
fn idempotency_key(call: &Call) -> Option<Box<(HeaderName, HeaderValue)>> {
    let name = call.idempotency().filter(|name| !call.headers().contains_key(*name))?;
    let key = HeaderValue::try_from(random::uuid().to_string()).ok()?;
    Some(Box::new((name.clone(), key)))
}

fn no_token(error: SharedError) -> Error {
    let message = format!("the credential returned no token: {error}");
    Error::new(ErrorKind::Credential, message).with_shared_source(error)
}

fn bearer(token: &Token) -> Result<HeaderValue, Error> {
    token.bearer().cloned().map_err(|why| Error::new(ErrorKind::Credential, why))
}
