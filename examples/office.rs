//! One application that does what most applications do with a service like Microsoft Graph: a function for
//! each step, to be read from top to bottom.
//!
//! `cargo run --example office` starts a small service on loopback and runs all steps there. With
//! `OFFICE_ROOT` it calls, and changes, the service at that address: with the token in `OFFICE_TOKEN`, else
//! as the application that `OFFICE_CLIENT_SECRET`, `OFFICE_CLIENT` and `OFFICE_TENANT` name, else as the
//! user who signed in with `az login`.

use std::env;
use std::error::Error as StdError;
use std::path::Path;
use std::time::{Duration, SystemTime};

use azure_identity::{ClientSecretCredential, DeveloperToolsCredential};
use golden_office::Client;
use golden_office::office::*;
use golden_office::runtime::azure::AzureCredential;
use golden_office::runtime::bytes::Bytes;
use golden_office::runtime::model::Null;
use golden_office::runtime::paths::EntityPathExt;
use golden_office::runtime::query::phrase;
use golden_office::runtime::transport::ReqwestTransport;
use golden_office::runtime::{Change, Credential, Error, FileSource, RetryPolicy, Upload};
use tokio::fs::File;

#[path = "office/service.rs"]
pub(crate) mod service;

use service::Service;

#[tokio::main]
async fn main() -> Result<(), Box<dyn StdError>> {
    let client = match env::var("OFFICE_ROOT") {
        Ok(root) => connect(&root)?,
        Err(_) => loopback(&Service::start()?.root(), "a-token-for-loopback")?,
    };
    let folder = env::temp_dir().join(format!("office-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let result = run(&client, &folder).await;
    std::fs::remove_dir_all(&folder)?;
    result
}

/// A client with a token as text, or with a credential of `azure_identity`, which fetches and renews tokens.
fn connect(root: &str) -> Result<Client, Box<dyn StdError>> {
    if let Ok(token) = env::var("OFFICE_TOKEN") {
        return Ok(Client::with_service_root(root, token)?);
    }
    let credential = match env::var("OFFICE_CLIENT_SECRET") {
        Ok(secret) => {
            application(&env::var("OFFICE_TENANT")?, &env::var("OFFICE_CLIENT")?, secret)?
        }
        Err(_) => AzureCredential::new(DeveloperToolsCredential::new(None)?),
    };
    Ok(Client::with_service_root(root, credential)?)
}

/// The credential of an application that has a secret.
pub(crate) fn application(
    tenant: &str,
    client: &str,
    secret: String,
) -> Result<AzureCredential, Box<dyn StdError>> {
    let credential = ClientSecretCredential::new(tenant, client.to_owned(), secret.into(), None)?;
    Ok(AzureCredential::new(credential))
}

/// A client for the service on this machine, past any proxy.
pub(crate) fn loopback(root: &str, credential: impl Credential) -> Result<Client, Error> {
    Client::builder()
        .service_root(root)
        .credential(credential)
        .transport(ReqwestTransport::direct()?)
        .build()
}

pub(crate) async fn run(client: &Client, folder: &Path) -> Result<(), Box<dyn StdError>> {
    for user in list_users(client).await? {
        println!("{} works in research", user.display_name.unwrap_or_default());
    }
    println!("nobody: {:?}", find_user(client, "nobody").await?.and_then(|user| user.id));
    let event = create_event(client).await?;
    println!("{:?} has the id {:?}", event.subject, event.id);
    send_mail(client).await?;
    let last_week = SystemTime::now() - Duration::from_secs(7 * 86_400);
    println!("attachments: {:?}", read_mail(client, last_week).await?);
    println!("changed: {:?}", change_user(client, "ada").await?.and_then(|user| user.job_title));
    println!("members: {:?}", add_member(client, "readers", "ada").await?);
    println!("found: {:?}", search(client, "ada").await?);
    println!("dashboard: {:?}", dashboard(client).await?);
    println!("bytes left after waiting: {:?}", bytes_left(client).await?);

    let (everybody, link) = changes(client, None).await?;
    println!("at first: {everybody:?}");
    // Days later: what changed since then.
    println!("since then: {:?}", changes(client, Some(&link)).await?.0);

    let (large, copy) = (folder.join("large.bin"), folder.join("copy.bin"));
    std::fs::write(&large, vec![7; 700_000])?;
    let item = upload(client, &large, "Reports/Q3 & Q4.bin").await?;
    println!("uploaded: {:?}, {:?} bytes", item.name, item.size);
    println!("downloaded: {} bytes", download(client, "Reports/Q3 & Q4.bin", &copy).await?);
    println!("archive: {:?}", archive(client, "notes".into()).await.map_err(|why| why.to_string()));
    Ok(())
}

/// The first five of a list, however many pages that takes.
pub(crate) async fn list_users(client: &Client) -> Result<Vec<User>, Error> {
    let mut users = client
        .users()
        .list()
        .select((User::ID, User::DISPLAY_NAME, User::MAIL))
        .filter(User::DEPARTMENT.eq("Research").and(User::MAIL.is_not_null()))
        .order_by(User::DISPLAY_NAME)
        .top(3) // The size of a page.
        .items()
        .take(5);
    let mut found = Vec::new();
    while let Some(user) = users.next().await {
        found.push(user?);
    }
    Ok(found)
}

/// Reads what may not be there.
pub(crate) async fn find_user(client: &Client, id: &str) -> Result<Option<User>, Error> {
    let user = client.users().id(id);
    match user.get().expand(User::MANAGER.with(|one| one.select(DirectoryObject::ID))).await {
        Ok(user) => Ok(Some(user)),
        Err(error) if error.is_not_found() => {
            println!("{:?}, for support: {:?}", error.code(), error.request_id());
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// An address, as events and messages have it.
fn address(text: &str) -> EmailAddressUpdate {
    EmailAddressUpdate::new().address(text)
}

/// Creates an object that has others in it.
pub(crate) async fn create_event(client: &Client) -> Result<Event, Error> {
    let at = |time| DateTimeTimeZoneUpdate::new().date_time(time).time_zone("Europe/Berlin");
    let attendee = |text| AttendeeUpdate::new().email_address(address(text));
    let event = EventUpdate::new()
        .subject("Lunch")
        .start(at("2026-12-01T12:00:00"))
        .end(at("2026-12-01T13:00:00"))
        .attendees([attendee("ada@example.com"), attendee("alan@example.com")]);
    client.me().events().create(event).await
}

/// Calls an action with an object, and with one of a derived type inside it.
pub(crate) async fn send_mail(client: &Client) -> Result<(), Error> {
    let message = MessageUpdate::new()
        .subject("The plan")
        .body(ItemBodyUpdate::new().content_type(BodyType::Text).content("See the file."))
        .to_recipients([RecipientUpdate::new().email_address(address("ada@example.com"))])
        .attachments([FileAttachmentUpdate::new().name("plan.txt").content_bytes(b"The plan")]);
    client.me().send_mail(UserSendMailParameters::new().message(message)).await
}

/// Reads the latest message with its attachments, of a base type, and what is particular to files.
pub(crate) async fn read_mail(client: &Client, since: SystemTime) -> Result<Vec<String>, Error> {
    let recent = Message::RECEIVED_DATE_TIME.ge(since).and(Message::IS_READ.eq(false));
    let newest = Message::RECEIVED_DATE_TIME.descending();
    let page = client.me().messages().list().filter(recent).order_by(newest).top(1).await?;
    let Some(message) = page.value.into_iter().next() else { return Ok(Vec::new()) };

    let message = client.me().messages().id(message.id);
    let attachments = message.attachments().list().all().await?;
    // Bytes that the schema does not declare: the message in the format of the internet.
    let mime = message.media().download().await?;
    let texts = attachments.into_iter().map(|attachment| match attachment.downcast() {
        Ok(FileAttachment { name, content_bytes, .. }) => {
            format!("the file {name:?} of {} bytes", content_bytes.unwrap_or_default().len())
        }
        Err(other) => format!("{:?} of the type {}", other.name, other.type_name()),
    });
    Ok(texts.chain([format!("{} bytes of MIME", mime.len())]).collect())
}

/// Sets one member, removes another and leaves the rest, unless somebody else was faster.
pub(crate) async fn change_user(client: &Client, id: &str) -> Result<Option<User>, Error> {
    let user = client.users().id(id).get().await?;
    let update = UserUpdate::new().job_title("Countess").mobile_phone(Null);
    client.users().id(id).update(update).if_unchanged(&user).representation().await
}

/// Adds what exists to a collection of references, and distinguishes what is in it.
pub(crate) async fn add_member(
    client: &Client,
    group: &str,
    user: &str,
) -> Result<Vec<String>, Error> {
    let members = client.groups().id(group).members();
    members.references().add(client.users().id(user)).await?;
    let members = members.list().all().await?;
    Ok(members
        .into_iter()
        .map(|member| match member.into_any() {
            AnyDirectoryObject::User(user) => format!("the user {:?}", user.mail),
            AnyDirectoryObject::Device(device) => format!("the device {:?}", device.display_name),
            other => format!("{other:?}"),
        })
        .collect())
}

/// Searches, for which the service demands that the answer need not be up to date.
pub(crate) async fn search(client: &Client, name: &str) -> Result<(i64, Vec<User>), Error> {
    let search = phrase(format!("displayName:{name}"));
    let page = client.users().list().search(search).count().eventual().await?;
    Ok((page.count.unwrap_or_default(), page.value))
}

/// Sends five requests as one, each with an answer of its own type.
pub(crate) async fn dashboard(client: &Client) -> Result<String, Error> {
    let me = client.me();
    let mut batch = client.batch();
    let user = batch.add(me.get().select(User::DISPLAY_NAME));
    let substitute = batch.add(me.mailbox_settings().substitute().get());
    let unread = batch.add(me.messages().list().filter(Message::IS_READ.eq(false)));
    let photo = batch.add(me.photo().get());
    let reading = EventUpdate::new().subject("Read mail");
    let event = batch.add_after(me.events().create(reading), &[unread.id()]);

    let mut answers = batch.send().await?;
    let user = answers.take(user)?.display_name.unwrap_or_default();
    let substitute = answers.take(substitute)?.display_name.unwrap_or_default();
    let unread = answers.take(unread)?.value.len();
    let photo = if answers.take(photo).is_ok() { "a" } else { "no" };
    let event = answers.take(event)?.id.unwrap_or_default();
    Ok(format!("{user} (or {substitute}) has {unread} to read at {event}, and {photo} photo"))
}

/// Waits as long as the service asks for if it is busy, here more patiently than other requests.
pub(crate) async fn bytes_left(client: &Client) -> Result<Option<i64>, Error> {
    let patient = RetryPolicy::default().max_retries(8);
    Ok(client.me().drive().get().retry(patient).await?.bytes_left)
}

/// Reads everything at first, and with the link that it returned what changed since then.
pub(crate) async fn changes(
    client: &Client,
    link: Option<&str>,
) -> Result<(Vec<String>, String), Error> {
    let round = match link {
        None => client.users().delta().select((User::ID, User::DISPLAY_NAME)),
        Some(link) => client.follow(link),
    };
    let mut changes = round.changes();
    let mut seen = Vec::new();
    while let Some(change) = changes.next().await {
        seen.push(match change? {
            Change::Present(user) => user.display_name.unwrap_or_default(),
            Change::Removed { item, .. } => format!("not {}", item.id.unwrap_or_default()),
            _ => continue,
        });
    }
    Ok((seen, changes.delta_link().unwrap_or_default().to_owned()))
}

/// Uploads a file of any size in parts, to a path in the drive.
pub(crate) async fn upload(client: &Client, from: &Path, to: &str) -> Result<DriveItem, Error> {
    let file = client.me().drive().root().item_with_path(to);
    let replacing =
        DriveItemCreateUploadSessionParameters::new().on_conflict(ConflictBehavior::Replace);
    let session = file.create_upload_session(replacing).required().await?;
    Upload::new(client, session.upload_url)?
        .chunk_size(320 * 1024)? // The default is 10 MiB.
        .on_progress(|progress| println!("{} of {} bytes", progress.sent, progress.total))
        .send(FileSource::open(from).await?)
        .await
}

/// Downloads a file of any size, of which only a part is in memory at a time.
pub(crate) async fn download(
    client: &Client,
    from: &str,
    to: &Path,
) -> Result<u64, Box<dyn StdError>> {
    let file = client.me().drive().root().item_with_path(from);
    let mut reader = file.stream(DriveItem::CONTENT).open().await?.into_reader();
    Ok(tokio::io::copy(&mut reader, &mut File::create(to).await?).await?)
}

/// Why nothing was archived.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ArchiveError {
    #[error("the drive is full")]
    Full,
    #[error("sign in again")]
    SignedOut,
    #[error(transparent)]
    Other(Error),
}

/// What `?` calls: errors are distinguished once, by status or by the code of the service.
impl From<Error> for ArchiveError {
    fn from(error: Error) -> Self {
        match error.code() {
            Some("quotaLimitReached") => Self::Full,
            _ if error.is_unauthorized() => Self::SignedOut,
            _ => Self::Other(error),
        }
    }
}

/// Writes a small file at once.
pub(crate) async fn archive(
    client: &Client,
    notes: Bytes,
) -> Result<Option<DriveItem>, ArchiveError> {
    let file = client.me().drive().root().item_with_path("Archive/notes.txt");
    Ok(file.stream(DriveItem::CONTENT).upload("text/plain", notes).await?)
}
