use golden_directory::Client;
use golden_directory::types::{
    DirectoryDay, DirectoryDirectoryObject, DirectoryUser, PostUsersUserIdAssignBody,
};

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let body = PostUsersUserIdAssignBody::default()
        .on([DirectoryDay::Monday, DirectoryDay::Tuesday])
        .to(
            vec![
                DirectoryDirectoryObject::from(DirectoryUser::default()
                .odata_type("#directory.user").id("1")
                .days(DirectoryDay::from("friday"))), DirectoryDirectoryObject::default()
                .id("2")
            ],
        );
    client.users_actions().assign("a b", body).await?;
    Ok(())
}
