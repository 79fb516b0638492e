//! The errors that a document declares, by status.
//!
//! Enters: an error of a request. Leaves: the declared answer that it is.

use std::any::Any;

use super::answers::{Answers, Reading, read_as};
use super::failure::Failure;
use super::undocumented::Undocumented;
use crate::web::error::{Error, ErrorKind};

/// The errors that a document declares for an operation, as an enum.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an enum of the errors of an operation",
    label = "not generated for the errors of an operation",
    note = "the documentation of each operation names its errors"
)]
pub trait Errors: Answers {}

impl Error {
    /// The error as the document declares it for the operation; `None` if it is not an answer of the service,
    /// such as a broken connection. What is not declared, or is not what is declared, is the variant
    /// `Undocumented`.
    ///
    /// ```
    /// use schemacrate_runtime::codegen::{Answers, Expected, Invocation, Operation, Reading};
    /// use schemacrate_runtime::model::{Undocumented, Untyped};
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{BoxError, Request, ServiceClient};
    ///
    /// // A generated crate has such an enum for each operation.
    /// pub enum ReadError {
    ///     NotFound(Untyped),
    ///     Undocumented(Undocumented),
    /// }
    /// # impl Answers for ReadError {
    /// #     const ANSWERS: &'static [Expected] = &[Expected::status(404, "application/json")];
    /// #     fn read(answer: usize, read: &Reading<'_>) -> Result<Self, BoxError> {
    /// #         match answer {
    /// #             0 => read.value().map(Self::NotFound),
    /// #             _ => Ok(Self::Undocumented(read.undocumented())),
    /// #         }
    /// #     }
    /// # }
    /// # schemacrate_runtime::errors!(ReadError);
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// # const READ: Operation = Operation::new("GET", "/issues");
    /// let service = Replay::new();
    /// service.answer(404, r#"{"title":"Gone fishing"}"#);
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let read: Request<Untyped> = Invocation::new(&client, &READ).request();
    /// let error = read.await.expect_err("404");
    /// assert_eq!(error.to_string(), "GET /issues: 404 Not Found: Gone fishing");
    /// match error.typed::<ReadError>() {
    ///     Some(ReadError::NotFound(problem)) => assert_eq!(problem.text(), r#"{"title":"Gone fishing"}"#),
    ///     Some(ReadError::Undocumented(answer)) => panic!("{answer:?}"),
    ///     None => panic!("it is an answer"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn typed<E: Errors>(&self) -> Option<E> {
        let (status, body) = (self.status()?, self.failure()?.body());
        let reading = || Reading::new(status, self.headers(), body);
        // An operation that continued and failed has reported so with a success.
        if status.is_success() && self.kind() != ErrorKind::Operation {
            return None;
        }
        read_as(reading()).or_else(|_| E::read(usize::MAX, &reading())).ok()
    }

    /// The answer that the error is about, with its headers and its body, without secrets; `None` if there is
    /// none. It is there as well if the answer is a success, but not what was expected.
    #[must_use]
    pub fn answer(&self) -> Option<Undocumented> {
        let (status, body) = (self.status()?, self.failure()?.body().clone());
        Some(Undocumented::new(status, self.headers().clone(), body))
    }

    fn failure(&self) -> Option<&Failure> {
        (self.body()? as &dyn Any).downcast_ref()
    }
}
