//! A crate as it is generated, for a service with issues, written by hand.

#![allow(missing_docs, unreachable_pub, dead_code)] // It is as in a crate of its own.

use crate::declare::object;
use schemacrate_runtime::model::{
    self, Additional, IntoBody, IntoKey, IntoValue, Undocumented, Untyped,
};
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{BoxError, ClientBuilder, Request, ServiceClient, codegen};

object! {
    NewIssue = codegen::Shape::json("NewIssue", &["title", "draft"]).with_required(&[0]);
    required title: String,
    optional draft: Option<bool>,
}

impl NewIssue {
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..codegen::blank() }
    }
}

object! {
    Issue = codegen::Shape::json("Issue", &["number", "title"]).with_required(&[0, 1]);
    required number: i64,
    required title: String,
}

object! {
    Problem = codegen::Shape::json("Problem", &["title", "detail"]).with_required(&[0]);
    required title: String,
    optional detail: Option<String>,
}

pub struct Client(ServiceClient);

impl Client {
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new().service_root("https://api.example.com/v1")
    }

    pub fn issues(&self) -> Issues {
        Issues::new(&self.0)
    }

    /// A client of a double.
    pub fn of(service: &Replay) -> Self {
        Self::builder().transport(service.clone()).build().expect("a client")
    }
}

impl From<ServiceClient> for Client {
    fn from(client: ServiceClient) -> Self {
        Self(client)
    }
}

impl std::ops::Deref for Client {
    type Target = ServiceClient;

    fn deref(&self) -> &ServiceClient {
        &self.0
    }
}

pub struct Issues(ServiceClient);

impl Issues {
    /// `POST /repos/{owner}/issues`
    pub fn create(
        &self,
        owner: impl IntoKey<String>,
        body: impl IntoBody<NewIssue>,
    ) -> Draft<CreateAnswer> {
        const OPERATION: codegen::Operation =
            codegen::Operation::new("POST", "/repos/{owner}/issues")
                .with_parameters(&[
                    codegen::Parameter::path("owner"),
                    codegen::Parameter::query("draft"),
                    codegen::Parameter::header("X-Trace"),
                    codegen::Parameter::cookie("session"),
                    codegen::Parameter::cookie("theme"),
                ])
                .with_accept("application/json, text/plain");
        Draft(codegen::Invocation::new(&self.0, &OPERATION).path("owner", owner).json(body))
    }

    /// `GET /repos/{owner}/issues/{number}`
    pub fn get(&self, owner: impl IntoKey<String>, number: impl IntoKey<i64>) -> Request<Issue> {
        const OPERATION: codegen::Operation =
            codegen::Operation::new("GET", "/repos/{owner}/issues/{number}")
                .with_parameters(&[
                    codegen::Parameter::path("owner"),
                    codegen::Parameter::path("number"),
                ])
                .with_accept("application/json");
        let call = codegen::Invocation::new(&self.0, &OPERATION);
        call.path("owner", owner).path("number", number).request()
    }

    /// `GET /repos/{owner}/readme`
    pub fn readme(&self, owner: impl IntoKey<String>) -> Request<String> {
        const OPERATION: codegen::Operation =
            codegen::Operation::new("GET", "/repos/{owner}/readme")
                .with_parameters(&[codegen::Parameter::path("owner")])
                .with_accept("text/plain");
        codegen::Invocation::new(&self.0, &OPERATION).path("owner", owner).request()
    }

    /// `PUT /repos/{owner}/readme`
    pub fn set_readme(
        &self,
        owner: impl IntoKey<String>,
        body: impl IntoValue<String>,
    ) -> Request<Option<Issue>> {
        const OPERATION: codegen::Operation =
            codegen::Operation::new("PUT", "/repos/{owner}/readme")
                .with_parameters(&[codegen::Parameter::path("owner")])
                .with_content_type("text/markdown")
                .with_accept("application/json");
        codegen::Invocation::new(&self.0, &OPERATION).path("owner", owner).text(body).request()
    }
}

schemacrate_runtime::group!(Issues);

#[must_use]
pub struct Draft<T>(pub(crate) codegen::Invocation<T>);

impl<T> Draft<T> {
    pub fn draft(self, draft: impl IntoValue<bool>) -> Self {
        Self(self.0.query("draft", draft))
    }

    pub fn x_trace(self, trace: impl IntoValue<String>) -> Self {
        Self(self.0.header("X-Trace", trace))
    }

    pub fn session(self, session: impl IntoValue<String>) -> Self {
        Self(self.0.cookie("session", session))
    }

    pub fn theme(self, theme: impl model::IntoNullable<String>) -> Self {
        Self(self.0.cookie_nullable("theme", theme))
    }
}

schemacrate_runtime::options!(Draft);

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CreateAnswer {
    /// 201
    Created(Issue),
    /// 202
    Accepted(Untyped),
    /// 202, as text
    AcceptedText(String),
    /// 204
    NoContent,
    Undocumented(Undocumented),
}

impl codegen::Answers for CreateAnswer {
    const ANSWERS: &'static [codegen::Expected] = &[
        codegen::Expected::status(201, "application/json"),
        codegen::Expected::status(202, "application/json"),
        codegen::Expected::status(202, "text/*"),
        codegen::Expected::status(204, ""),
    ];

    fn read(answer: usize, read: &codegen::Reading<'_>) -> Result<Self, BoxError> {
        match answer {
            0 => read.value().map(Self::Created),
            1 => read.value().map(Self::Accepted),
            2 => read.value().map(Self::AcceptedText),
            3 => Ok(Self::NoContent),
            _ => Ok(Self::Undocumented(read.undocumented())),
        }
    }
}

schemacrate_runtime::answers!(CreateAnswer);

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CreateError {
    NotFound(Problem),
    ClientError(String),
    Default(Problem),
    Undocumented(Undocumented),
}

impl codegen::Answers for CreateError {
    const ANSWERS: &'static [codegen::Expected] = &[
        codegen::Expected::status(404, "application/problem+json"),
        codegen::Expected::range(4, "text/plain"),
        codegen::Expected::default("application/json"),
    ];

    fn read(answer: usize, read: &codegen::Reading<'_>) -> Result<Self, BoxError> {
        match answer {
            0 => read.value().map(Self::NotFound),
            1 => read.value().map(Self::ClientError),
            2 => read.value().map(Self::Default),
            _ => Ok(Self::Undocumented(read.undocumented())),
        }
    }
}

schemacrate_runtime::errors!(CreateError);
