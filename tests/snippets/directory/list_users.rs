use golden_directory::Client;
use golden_directory::types::{
    DirectoryUserCollectionResponse, UsersUserGetUserSelectItem,
    UsersUserListUserOrderbyItem,
};

pub async fn example(
    client: &Client,
) -> Result<DirectoryUserCollectionResponse, Box<dyn std::error::Error>> {
    let answer = client
        .users_user()
        .list_user()
        .count(true)
        .orderby([
            UsersUserListUserOrderbyItem::DisplayNameDesc,
            UsersUserListUserOrderbyItem::Id,
        ])
        .select([UsersUserGetUserSelectItem::Id, UsersUserGetUserSelectItem::Days])
        .top(5)
        .await?;
    Ok(answer)
}
