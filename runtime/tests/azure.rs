//! Credentials of the Azure SDK as those of a client.
#![cfg(feature = "azure")]

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
use azure_core::time::OffsetDateTime;
use schemacrate_runtime::azure::AzureCredential;
use schemacrate_runtime::transport::{Replay, Transport};
use schemacrate_runtime::{Credential, ErrorKind, Request, ServiceClient, TokenRequest, http};

/// The arguments that a credential of the Azure SDK was called with.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    scopes: Vec<String>,
    refresh: bool,
    claims: Option<String>,
}

/// A credential that returns a new token for each call.
#[derive(Debug)]
struct Fake {
    asked: Mutex<Vec<Asked>>,
    expires_on: OffsetDateTime,
    fails: bool,
}

impl Fake {
    fn new(expires_on: i64) -> Arc<Self> {
        let expires_on = OffsetDateTime::from_unix_timestamp(expires_on).expect("a time");
        Arc::new(Self { asked: Mutex::default(), expires_on, fails: false })
    }
}

#[async_trait::async_trait]
impl TokenCredential for Fake {
    async fn get_token(
        &self,
        scopes: &[&str],
        options: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        if self.fails {
            let kind = azure_core::error::ErrorKind::Credential;
            return Err(azure_core::Error::with_message(kind, "AADSTS50034: no such user"));
        }
        let options = options.expect("options");
        let request: &TokenRequest =
            options.method_options.context.value().expect("the request of the client");
        let mut asked = self.asked.lock().expect("a lock");
        asked.push(Asked {
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            refresh: request.is_refresh(),
            claims: request.claims().map(str::to_owned),
        });
        Ok(AccessToken::new(format!("t{}", asked.len()), self.expires_on))
    }
}

fn client(credential: Arc<Fake>, service: &Replay) -> ServiceClient {
    let builder = ServiceClient::builder("https://graph.microsoft.com/v1.0");
    let builder = builder.credential(AzureCredential::new(credential));
    builder.transport(service.clone()).build().expect("a client")
}

async fn sent(client: &ServiceClient, service: &Replay) -> String {
    service.answer(200, r#""x""#);
    let read: Request<String> = client.resource("me").get();
    read.await.expect("200");
    let requests = service.requests();
    let last = requests.last().expect("a request");
    last.headers()["authorization"].to_str().expect("text").to_owned()
}

#[tokio::test]
async fn the_scopes_and_the_end_of_the_token_are_passed_on() {
    let (service, credential) = (Replay::new(), Fake::new(3600));
    let client = client(credential.clone(), &service);
    assert_eq!(sent(&client, &service).await, "Bearer t1");
    service.sleep(Duration::from_secs(3600 - 301)).await;
    assert_eq!(sent(&client, &service).await, "Bearer t1");
    service.sleep(Duration::from_secs(1)).await;
    assert_eq!(sent(&client, &service).await, "Bearer t2");
    let scopes = vec!["https://graph.microsoft.com/.default".to_owned()];
    let plain = Asked { scopes, refresh: false, claims: None };
    assert_eq!(*credential.asked.lock().expect("a lock"), [plain.clone(), plain]);
}

#[tokio::test]
async fn the_claims_of_a_challenge_are_in_the_context() {
    let (service, credential) = (Replay::new(), Fake::new(3600));
    let client = client(credential.clone(), &service);
    let challenge = r#"Bearer error="insufficient_claims", claims="eyJh""#;
    let response = http::Response::builder().status(401).header("www-authenticate", challenge);
    service.respond(response.body("".into()).expect("a response"));
    assert_eq!(sent(&client, &service).await, "Bearer t2");
    let asked = credential.asked.lock().expect("a lock");
    assert_eq!((asked[1].refresh, asked[1].claims.as_deref()), (true, Some("eyJh")));
}

#[tokio::test]
async fn an_end_before_1970_is_over() {
    let credential = AzureCredential::new(Fake::new(-5));
    let token = credential.token(TokenRequest::new(Vec::new())).await.expect("a token");
    assert_eq!(token.expires_at(), Some(SystemTime::UNIX_EPOCH));
}

#[tokio::test]
async fn a_failure_is_the_source_of_the_error() {
    let fake = Arc::into_inner(Fake::new(0)).expect("one owner");
    let service = Replay::new();
    let client = client(Arc::new(Fake { fails: true, ..fake }), &service);
    let read: Request<String> = client.resource("me").get();
    let error = read.await.expect_err("no token");
    assert_eq!(error.kind(), ErrorKind::Credential);
    assert!(error.to_string().contains("AADSTS50034"), "{error}");
    assert!(std::error::Error::source(&error).expect("a source").is::<azure_core::Error>());
}
