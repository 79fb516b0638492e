//! A service of OData that an OpenAPI description describes: sets of members, derived types, pages, functions.

#![allow(clippy::unwrap_used)] // A test may panic.

use golden_directory::runtime::Error;
use golden_directory::runtime::model::{Flags, from_json, to_json};
use golden_directory::runtime::transport::Replay;
use golden_directory::types::{
    AnyDirectoryDirectoryObject as Any, DirectoryDay as Day, DirectoryDirectoryObject,
    DirectoryGroup, DirectoryRoom, DirectoryUser, PostUsersUserIdAssignBody,
    UsersUserListUserOrderbyItem as Order, UsersUserListUserSelectItem as Select,
};
use golden_directory::users_user::GetUserError;
use golden_directory::{Client, registry};

fn client() -> (Client, Replay) {
    let service = Replay::new();
    let client = Client::builder().credential("token").transport(service.clone()).build().unwrap();
    (client, service)
}

#[test]
fn flags_are_sets_that_are_written_with_commas() {
    let user: DirectoryUser = from_json(br#"{"days":"monday, holiday","freeDays":null}"#).unwrap();
    let days = user.days.as_ref().unwrap();
    assert!(days.contains(&Day::Monday) && !days.contains(&Day::Tuesday));
    assert_eq!(days.len(), 2);
    assert_eq!(to_json(&user), br#"{"days":"monday, holiday","freeDays":null}"#);
    let user = DirectoryUser::default()
        .days([Day::Monday, Day::Tuesday])
        .free_days(Flags::from(Day::Wednesday) | Day::Monday);
    assert_eq!(to_json(&user), br#"{"days":"monday,tuesday","freeDays":"wednesday,monday"}"#);
    assert_eq!(to_json(&DirectoryUser::default().days(Day::Monday)), br#"{"days":"monday"}"#);
    let schema = registry::REGISTRY.find("directory.day").unwrap();
    let read = schema.decode(br#""tuesday,x""#).unwrap();
    assert_eq!(read.to_json(), br#""tuesday,x""#);
}

#[test]
fn objects_have_the_type_that_they_name() {
    let read = |json: &str| from_json::<DirectoryDirectoryObject>(json.as_bytes()).unwrap();
    for name in ["#directory.room", "directory.room"] {
        let json = format!(r#"{{"id":"1","@odata.type":"{name}","seats":4}}"#);
        let object = read(&json);
        assert_eq!(object.type_name().as_deref(), Some(name));
        assert_eq!(String::from_utf8(to_json(&object)).unwrap(), json);
        let room: DirectoryRoom = object.downcast().unwrap();
        assert_eq!(room.seats, 4);
    }
    let base = read(r#"{"id":"1"}"#);
    assert!(base.clone().downcast::<DirectoryUser>().is_err());
    assert!(matches!(base.into_any(), Any::DirectoryDirectoryObject(_)));
    let unknown = read(r##"{"@odata.type":"#directory.robot","id":"1","arms":[2]}"##);
    assert_eq!(unknown.additional.get("arms").unwrap().text(), "[2]");
    assert!(matches!(unknown.into_any(), Any::DirectoryDirectoryObject(_)));
    let group: DirectoryGroup = from_json(
        br##"{"members":[{"@odata.type":"#directory.user","displayName":"Ada"},{"id":"2"}]}"##,
    )
    .unwrap();
    let members = group.members.unwrap();
    let Any::DirectoryUser(ada) = members[0].clone().into_any() else { panic!("a user") };
    assert_eq!(ada.display_name.value().as_deref(), Some("Ada"));
    let group = DirectoryGroup::default().members(vec![DirectoryRoom::new(2).into()]);
    assert_eq!(to_json(&group), br##"{"members":[{"@odata.type":"#directory.room","seats":2}]}"##);
}

#[tokio::test]
async fn options_pages_and_errors_are_those_of_odata() -> Result<(), Error> {
    let (client, service) = client();
    let next = "https://directory.example/v1.0/users?$skiptoken=x";
    service.answer(
        200,
        format!(
            r#"{{"@odata.count":3,"@odata.nextLink":"{next}","value":[{{"id":"1"}},{{"id":"2"}}]}}"#
        ),
    );
    service.answer(200, r#"{"value":[{"id":"3"}]}"#);
    service.answer(404, r#"{"error":{"code":"NotFound","message":"There is none."}}"#);
    let list = client.users_user().list_user().top(2).count(true);
    let list = list.orderby([Order::DisplayNameDesc, Order::Id]).select([Select::Id, Select::Days]);
    let mut users = list.items();
    let mut ids = Vec::new();
    while let Some(user) = users.next().await {
        ids.push(user?.id.unwrap());
    }
    assert_eq!(ids, ["1", "2", "3"]);
    let error = client.users_user().get_user("9").await.unwrap_err();
    let Some(GetUserError::Default(found)) = error.typed() else { panic!("{error}") };
    assert_eq!(found.error.code, "NotFound");
    let sent = service.requests();
    assert_eq!(
        sent[0].uri(),
        "https://directory.example/v1.0/users?%24top=2&%24count=true&%24orderby=displayName%20desc,id&%24select=id,days"
    );
    assert_eq!(sent[1].uri(), next);
    assert_eq!(sent[2].uri(), "https://directory.example/v1.0/users/9");
    Ok(())
}

#[tokio::test]
async fn functions_and_actions_are_methods() -> Result<(), Error> {
    let (client, service) = client();
    service.answer(200, r#"{"value":["a"]}"#);
    service.answer(204, "");
    service.answer(200, r##"{"value":[{"@odata.type":"#directory.group","id":"1"}]}"##);
    service.answer(200, "3");
    let days = [Day::Monday, Day::Tuesday];
    let read = client.users_functions().reminders("a b", days, "noon").await?;
    assert_eq!(read.value.unwrap(), ["a"]);
    let body = PostUsersUserIdAssignBody::default()
        .on(Day::Tuesday)
        .to(vec![DirectoryUser::default().id("1").into()]);
    client.users_actions().assign("7", body).await?;
    let found = client.directory_objects_functions().get_by_ids(["1", "2"]).await?;
    let found = found.value.unwrap().remove(0);
    assert!(found.downcast::<DirectoryGroup>().is_ok());
    assert_eq!(client.users_user().get_users_count().await?, "3");
    let sent = service.requests();
    assert_eq!(
        sent[0].uri(),
        "https://directory.example/v1.0/users/a%20b/directory.reminders(days=monday%2Ctuesday,from='noon')"
    );
    assert_eq!(
        sent[1].body(),
        r##"{"on":"tuesday","to":[{"id":"1","@odata.type":"#directory.user"}]}"##
    );
    assert_eq!(
        sent[2].uri(),
        "https://directory.example/v1.0/directoryObjects/directory.getByIds(ids=%5B%221%22%2C%222%22%5D)"
    );
    assert_eq!(sent[3].uri().path(), "/v1.0/users/$count");
    Ok(())
}
