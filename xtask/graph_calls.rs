//! A call of each kind on all of Microsoft Graph v1.0, as a program makes it. `cargo xtask
//! conformance` compiles it against the crate that is generated from the schema.

use generated::Client;
use generated::microsoft::graph::*;
use generated::runtime::bytes::Bytes;
use generated::runtime::model::{Maybe, Null, Untyped};
use generated::runtime::query::{Filter, now, phrase};
use generated::runtime::transport::Body;
use generated::runtime::{Change, Count, Error, Page, Progress, Request};

/// Reading: one entity, a page, all of them, how many there are.
pub async fn read(client: &Client) -> Result<(), Error> {
    let _: Option<String> = client.me().get().await?.display_name;
    let me: User = client.me().get().select((User::ID, User::DISPLAY_NAME)).await?;
    let _: Option<String> = me.id;
    let page: Page<User> = client
        .users()
        .list()
        .filter(User::DISPLAY_NAME.eq("O'Neil").and(User::ACCOUNT_ENABLED.eq(true)))
        .select((User::ID, User::MAIL, User::MAILBOX_SETTINGS.then(MailboxSettings::TIME_ZONE)))
        .expand(User::MANAGER.with(|manager| manager.select(DirectoryObject::ID)))
        .order_by((User::DISPLAY_NAME.descending(), User::ID))
        .top(25)
        .count()
        .eventual()
        .await?;
    let _: Option<i64> = page.count;
    let mut messages = client.me().messages().list().max_page_size(100).items();
    while let Some(message) = messages.next().await {
        let _: Message = message?;
    }
    let mut pages =
        client.me().events().list().time_zone("Europe/Berlin").search(phrase("tea")).pages();
    while let Some(page) = pages.next().await {
        let _: (Option<i64>, Option<String>) = page.map(|page| (page.count, page.delta_link))?;
    }
    let _ = client.users().list().include_unknown_enum_members().compute("1 as one").all().await?;
    let number: Count<User> = client.users().count().filter(User::USER_TYPE.ne("Guest")).await?;
    let _: i64 = number.value;
    Ok(())
}

/// Filters: lambdas, functions, enumerations, complex values, derived types.
pub fn filters(client: &Client) {
    let licensed: Filter<User> = User::ASSIGNED_LICENSES
        .any(|license| license.then(AssignedLicense::DISABLED_PLANS).has_items());
    let phones = User::BUSINESS_PHONES.any(|phone| phone.starts_with("+49"));
    let old = User::CREATED_DATE_TIME
        .lt(now())
        .and(User::CREATED_DATE_TIME.ge("2019-01-01T00:00:00Z"))
        .and(User::CREATED_DATE_TIME.year().le(2020));
    let _: Request<Page<User>> = client.users().list().filter(licensed.or(phones).and(old.not()));
    let urgent = Message::IMPORTANCE.eq(Importance::High).and(Message::SUBJECT.contains("now"));
    let from = Message::FROM
        .then(Recipient::EMAIL_ADDRESS)
        .then(EmailAddress::ADDRESS)
        .is_in(["ada@example.com", "eve@example.com"]);
    let _ = client.me().messages().list().filter(urgent.and(from));
    let servers = User::USER_TYPE.of_base::<DirectoryObject>().eq("Member");
    let _ = client.directory_objects().list().filter(servers);
    let _ = client.users().list().filter("startswith(displayName,'A')").query("$skiptoken", "x");
}

/// Writing: create, update in three states, replace, upsert, delete, conditions.
pub async fn write(client: &Client, user: &User) -> Result<(), Error> {
    let group = GroupUpdate::new().display_name("Readers").members([client.users().id("ada")]);
    let created: Group = client.groups().create(group).await?;
    let _: Option<String> = created.additional.etag();
    let day = |time: &str| DateTimeTimeZoneUpdate::new().date_time(time).time_zone("UTC");
    let attendee = |address: &str| {
        AttendeeUpdate::new().email_address(EmailAddressUpdate::new().address(address))
    };
    let event = EventUpdate::new()
        .subject("Lunch")
        .start(day("2026-01-01T12:00:00"))
        .end(day("2026-01-01T13:00:00"))
        .attendees([attendee("ada@example.com"), attendee("eve@example.com")]);
    let made: Event = client.me().events().create(event).await?;
    // What came back can be sent again, by reference or by value.
    client.me().events().create(&made).await?;
    client.me().events().create(made).await?;
    let me = client.me().get().await?;
    let _: (Option<String>, String) = (me.additional.etag(), me.type_name());
    let update = UserUpdate::new()
        .display_name("Ada")
        .birthday("1815-12-10T00:00:00Z")
        .mobile_phone(Null)
        .mail(&user.mail)
        .mailbox_settings(MailboxSettingsUpdate::new().time_zone(Null));
    let path = client.users().id(&user.id);
    let changed: Option<User> =
        path.update(update.clone()).if_unchanged(user).representation().await?;
    let _ = changed;
    client.users().id("ada").update(update).minimal().await?;
    // An upsert, and one that only inserts.
    let _ = client.users().id("eve").update(UserUpdate::new().display_name("Eve")).await?;
    let insert = client.users().id("eve").update(UserUpdate::new().display_name("Eve"));
    let _ = insert.if_none_match("*").header("x-ms-example", "1").query("$x", "2").await?;
    client.users().id("ada").delete().await?;
    Ok(())
}

/// Navigation: contained and referenced entities, casts, keys, references.
pub async fn navigate(client: &Client) -> Result<(), Error> {
    let _ = client.applications().by_app_id("0123").get().await?;
    let group = client.groups().id("readers");
    let members: Page<User> = group.members().as_user().list().top(5).await?;
    let _ = members;
    let ada = client.users().id("ada");
    group.members().references().add(&ada).await?;
    group.members().id("ada").reference().remove().await?;
    ada.manager().reference().set(client.users().id("eve")).await?;
    let item = client.drives().id("d").items().id("i").list_item().get().await?;
    let _: ListItem = item;
    Ok(())
}

/// Actions and functions, bound and with parameters; delta rounds.
pub async fn operations(client: &Client) -> Result<(), Error> {
    let to =
        RecipientUpdate::new().email_address(EmailAddressUpdate::new().address("ada@example.com"));
    let message = MessageUpdate::new()
        .subject("Hello")
        .body(ItemBodyUpdate::new().content("See the file.").content_type(BodyType::Text))
        .to_recipients([to])
        .attachments([FileAttachmentUpdate::new().name("a.txt").content_bytes(b"text")]);
    let mail = UserSendMailParameters::new().message(message).save_to_sent_items(true);
    client.me().send_mail(mail).await?;
    let events = client.me().reminder_view("2026-01-01T00:00:00", "2026-02-01T00:00:00");
    let _: Page<Reminder> = events.await?;
    let mut changes = client.users().delta().changes();
    while let Some(change) = changes.next().await {
        match change? {
            Change::Present(_) => {}
            Change::Removed { reason, .. } => drop(reason),
            // Links that were added or removed, and what later versions distinguish.
            _ => {}
        }
    }
    let _: Option<&str> = changes.delta_link();
    Ok(())
}

/// Bytes: media entities, stream properties, properties as resources.
pub async fn bytes(client: &Client) -> Result<(), Error> {
    let photo = client.me().photo();
    let _ = photo.media().download().await?;
    photo.media().upload("image/jpeg", vec![0xff, 0xd8]).await?;
    let content = client.drives().id("d").items().id("i").stream(DriveItem::CONTENT);
    let mut body = content.open().await?.into_value();
    let _ = body.chunk().await?;
    let _ = content.open().await?.into_reader();
    let _: Option<DriveItem> =
        content.upload_stream("application/octet-stream", Body::default()).await?;
    let settings: MailboxSettings = client.me().property(User::MAILBOX_SETTINGS).get().await?;
    let _: Untyped = client.me().resource().request(http_method()).await?;
    let _ = settings;
    Ok(())
}

/// Many requests in one, large uploads, long-running operations.
pub async fn at_length(client: &Client, bytes: Bytes) -> Result<(), Error> {
    let mut batch = client.batch();
    let me = batch.add(client.me().get().select(User::DISPLAY_NAME));
    let inbox = batch.add_after(client.me().messages().list().top(1), &[me.id()]);
    let mut answers = batch.send().await?;
    let _: (User, Page<Message>) = (answers.take(me)?, answers.take(inbox)?);

    let item = client.drives().id("d").items().id("i");
    let session: UploadSession = item.create_upload_session(()).required().await?;
    let _: DriveItem = generated::runtime::Upload::new(client, session.upload_url)?
        .chunk_size(10 * 327_680)?
        .on_progress(|progress| assert!(progress.sent <= progress.total))
        .send(bytes)
        .await?;

    let copy = item.copy(DriveItemCopyParameters::new().name("copy"));
    let mut copying = copy.start().await?;
    if let Progress::Running { percent, .. } = copying.poll().await? {
        let _: Option<f64> = percent;
    }
    let _: Option<DriveItem> = copying.finish().await?;
    Ok(())
}

fn http_method() -> generated::runtime::http::Method {
    generated::runtime::http::Method::OPTIONS
}

/// A value of a base type is the base struct, and has the ways to derived types.
pub async fn derived_types(client: &Client) -> Result<(), Error> {
    let object: DirectoryObject = client.directory_objects().id("ada").get().await?;
    let _: Option<String> = object.id.clone();
    if let Ok(Maybe::Value(name)) = object.member(User::DISPLAY_NAME) {
        let _: String = name;
    }
    match object.into_any() {
        AnyDirectoryObject::User(user) => {
            let _: Option<String> = user.display_name;
        }
        AnyDirectoryObject::Group(group) => {
            let _: Option<bool> = group.mail_enabled;
        }
        other => println!("{other:?}"),
    }
    let extension: Entity = client.me().resource().get().await?;
    match extension.downcast::<User>() {
        Ok(user) => {
            let _: Option<String> = user.display_name;
        }
        Err(other) => println!("{} is not a user", other.type_name()),
    }
    Ok(())
}

fn main() {}
