use golden_directory::Client;
use golden_directory::types::{DirectoryDay, GetUsersUserIdRemindersResponse};

pub async fn example(
    client: &Client,
) -> Result<GetUsersUserIdRemindersResponse, Box<dyn std::error::Error>> {
    let answer = client
        .users_functions()
        .reminders("7", [DirectoryDay::Monday, DirectoryDay::Tuesday], "noon")
        .await?;
    Ok(answer)
}
