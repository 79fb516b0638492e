//! The answers of a batch, each by its handle.

use std::fmt;

use super::Handle;
use crate::web::answer::Answer;
use crate::web::call::Call;
use crate::web::client::ServiceClient;
use crate::web::error::{Error, ErrorKind};
use crate::web::response::FromResponse;

/// The outcome of a part: an answer that is a success, or why there is none.
pub(super) type Outcome = Result<Answer, Error>;

/// The answers of a [`Batch`](crate::Batch).
///
/// ```
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{ServiceClient, Request};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let service = Replay::new();
/// service.answer(200, r#"{"responses":[{"id":"1","status":200,"body":"a"}]}"#);
/// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
///
/// let mut batch = client.batch();
/// let names = ["tag", "shelf"].map(|name| {
///     let read: Request<String> = client.resource(name).get();
///     batch.add(read)
/// });
/// let mut answers = batch.send().await?;
/// assert_eq!(answers.failed(), 1);
/// let [tag, shelf] = names.map(|handle| answers.take(handle));
/// assert_eq!(tag?, "a");
/// assert!(shelf.is_err_and(|error| error.is_decode()));
/// # Ok(())
/// # }
/// ```
pub struct Answers {
    client: ServiceClient,
    batch: u64,
    /// `None` once it was taken.
    outcomes: Vec<Option<(Call, Outcome)>>,
}

impl Answers {
    pub(super) fn new(
        client: ServiceClient,
        batch: u64,
        outcomes: impl Iterator<Item = (Call, Outcome)>,
    ) -> Self {
        Self { client, batch, outcomes: outcomes.map(Some).collect() }
    }

    /// The answer of a part.
    ///
    /// # Errors
    ///
    /// The service answered this part with a status that is not a success, or not at all; a part that
    /// it depends on failed ([`ErrorKind::Dependency`]); the answer could not be read as a `T`; or
    /// the handle is of another batch.
    pub fn take<T: FromResponse>(&mut self, handle: Handle<T>) -> Result<T, Error> {
        let known = handle.id.batch == self.batch;
        let outcome = self.outcomes.get_mut(handle.id.index).filter(|_| known);
        let Some((call, outcome)) = outcome.and_then(Option::take) else {
            return Err(Error::new(ErrorKind::Request, "the handle is of another batch"));
        };
        let described =
            |error: Error| call.described(error.with_client_request_id(call.own_id(&self.client)));
        let answer = outcome.map_err(described)?;
        let answered = answer.to(&self.client, &call);
        T::from_answer(&answered).map_err(|error| answered.unreadable(error))
    }

    /// How many parts failed.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.outcomes.iter().flatten().filter(|(_, outcome)| outcome.is_err()).count()
    }
}

/// Shows how many answers there are, not their content.
impl fmt::Debug for Answers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Answers")
            .field("parts", &self.outcomes.len())
            .field("failed", &self.failed())
            .finish()
    }
}
