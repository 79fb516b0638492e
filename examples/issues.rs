//! One application that does what most applications do with an API that an OpenAPI document describes: GitHub's
//! issues. A function for each step, to be read from top to bottom.
//!
//! The client is the crate `golden-issues`, which schemacrate makes of a part of GitHub's document
//! (`generator/tests/goldens/issues/api.yaml`) with the configuration beside it.
//!
//! `cargo run --example issues` starts a small service on loopback and runs all steps there. With `GITHUB_TOKEN`
//! and `GITHUB_REPOSITORY` (`owner/name`) it only lists the open issues of that repository.

use std::env;
use std::error::Error as StdError;
use std::path::Path;

use golden_issues::Client;
use golden_issues::issues::{CreateError, GetError};
use golden_issues::runtime::Error;
use golden_issues::runtime::model::{File, Maybe};
use golden_issues::runtime::transport::ReqwestTransport;
use golden_issues::types::*;

#[path = "issues/service.rs"]
pub(crate) mod service;

use service::Service;

#[tokio::main]
async fn main() -> Result<(), Box<dyn StdError>> {
    if let (Ok(token), Ok(repository)) = (env::var("GITHUB_TOKEN"), env::var("GITHUB_REPOSITORY")) {
        let (owner, name) = repository.split_once('/').ok_or("GITHUB_REPOSITORY is owner/name")?;
        let client = Client::new(token)?;
        for issue in open_issues(&client, owner, name).await? {
            println!("#{} {}", issue.number, issue.title);
        }
        return Ok(());
    }
    let client = loopback(&Service::start()?.root())?;
    let file = env::temp_dir().join(format!("issues-{}.txt", std::process::id()));
    std::fs::write(&file, "all of it")?;
    let result = run(&client, &file).await;
    std::fs::remove_file(&file)?;
    result
}

/// A client for the service on this machine, past any proxy. All requests go there, also those for which the
/// document names another server.
pub(crate) fn loopback(root: &str) -> Result<Client, Error> {
    Client::builder()
        .server(root)
        .credential("a-token-for-loopback")
        .transport(ReqwestTransport::direct()?)
        .build()
}

pub(crate) async fn run(client: &Client, file: &Path) -> Result<(), Box<dyn StdError>> {
    for issue in open_issues(client, "octo", "shop").await? {
        println!("#{} {}: {:?}", issue.number, issue.title, labels(&issue));
    }
    println!("nobody's: {:?}", find(client, 404).await?.map(|issue| issue.title));
    println!("without a title: {}", report(client, "shop", " ").await?);
    println!("disabled: {}", report(client, "gone", "Broken").await?);
    println!("reported: {}", report(client, "shop", "Broken").await?);
    println!("commented: {}", comment(client, 6, "It breaks *here*.").await?);
    println!("labelled: {:?}", label(client, 6, "urgent").await?);
    println!(
        "removed: {}, and again: {}",
        unlabel(client, 6, "urgent").await?,
        unlabel(client, 6, "absent").await?
    );
    println!("closed: {}", close(client, 6).await?);
    println!("uploaded: {} bytes", upload(client, 1, file).await?);
    Ok(())
}

/// The open issues, however many pages that takes: the crate knows by its configuration that the header `Link`
/// has the address of the next page.
pub(crate) async fn open_issues(
    client: &Client,
    owner: &str,
    repo: &str,
) -> Result<Vec<Issue>, Error> {
    let mut issues = client
        .issues()
        .list(owner, repo)
        .state(IssuesListForRepoState::Open)
        .sort(IssuesListForRepoSort::Updated)
        .per_page(2)
        .items();
    let mut found = Vec::new();
    while let Some(issue) = issues.next().await {
        found.push(issue?);
    }
    Ok(found)
}

/// The names of the labels of an issue. A label is an object or only a name; what a service adds later, the
/// variant `Other` keeps.
fn labels(issue: &Issue) -> Vec<&str> {
    let names = issue.labels.iter().filter_map(|label| match label {
        IssueLabelsItem::Text(name) => Some(name.as_str()),
        IssueLabelsItem::Object(label) => label.name.as_deref(),
        _ => None,
    });
    names.collect()
}

/// Reads what may not be there. A declared error has the type that the document declares for its status.
pub(crate) async fn find(client: &Client, number: i64) -> Result<Option<Issue>, Error> {
    match client.issues().get("octo", "shop", number).await {
        Ok(issue) => Ok(Some(issue)),
        Err(error) => match error.typed() {
            Some(GetError::NotFound(problem)) => {
                println!("{}", problem.message.unwrap_or_default());
                Ok(None)
            }
            _ => Err(error),
        },
    }
}

/// Creates an issue, and explains why the service does not.
pub(crate) async fn report(client: &Client, repo: &str, title: &str) -> Result<String, Error> {
    let body = IssuesCreateBody::new(title.to_owned())
        .body("Seen on a Monday.")
        .labels(vec!["bug".to_owned().into()])
        .milestone(Maybe::Null);
    match client.issues().create("octo", repo, body).await {
        Ok(issue) => Ok(format!("#{}", issue.number)),
        Err(error) => match error.typed() {
            Some(CreateError::UnprocessableContent(problem)) => {
                let fields = problem.errors.iter().flatten().filter_map(|one| one.field.as_deref());
                Ok(format!("{}: {}", problem.message, fields.collect::<Vec<_>>().join(", ")))
            }
            Some(CreateError::Gone(problem) | CreateError::Forbidden(problem)) => {
                Ok(problem.message.unwrap_or_default())
            }
            _ => Err(error),
        },
    }
}

/// Adds a comment, and counts those since a time.
pub(crate) async fn comment(
    client: &Client,
    number: i64,
    text: &str,
) -> Result<usize, Box<dyn StdError>> {
    let issues = client.issues();
    issues.create_comment("octo", "shop", number, IssuesCreateCommentBody::new(text)).await?;
    let since = issues.list_comments("octo", "shop", number).since("2026-01-01T00:00:00Z");
    Ok(since.await?.len())
}

/// Adds a label.
pub(crate) async fn label(client: &Client, number: i64, name: &str) -> Result<Vec<String>, Error> {
    let body = IssuesAddLabelsBody::default().labels(vec![name.to_owned().into()]);
    let labels = client.issues().add_labels("octo", "shop", number).body(body).await?;
    Ok(labels.into_iter().map(|label| label.name).collect())
}

/// Removes a label. What is not there need not be removed.
pub(crate) async fn unlabel(client: &Client, number: i64, name: &str) -> Result<bool, Error> {
    match client.issues().remove_label("octo", "shop", number, name).await {
        Ok(_) => Ok(true),
        Err(error) if error.is_not_found() => Ok(false),
        Err(error) => Err(error),
    }
}

/// Changes some members: one that is not set stays as it is, and null removes one.
pub(crate) async fn close(client: &Client, number: i64) -> Result<String, Error> {
    let changes = IssuesUpdateBody::default()
        .state(IssuesUpdateBodyState::Closed)
        .state_reason(IssuesUpdateBodyStateReason::Completed)
        .assignee(Maybe::Null);
    let issue = client.issues().update("octo", "shop", number).body(changes).await?;
    Ok(issue.state)
}

/// Uploads a file, of which only a part is in memory at a time. The document names another server for this.
pub(crate) async fn upload(
    client: &Client,
    release: i64,
    file: &Path,
) -> Result<i64, Box<dyn StdError>> {
    let notes = File::at(file).await?.with_media_type("text/plain");
    let asset = client
        .repos()
        .upload_release_asset("octo", "shop", release, "notes.txt")
        .label("Notes & more")
        .body(notes)
        .await?;
    Ok(asset.size)
}
