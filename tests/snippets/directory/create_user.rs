use golden_directory::Client;
use golden_directory::runtime::model::{Flags, Maybe};
use golden_directory::types::{DirectoryDay, DirectoryUser};

pub async fn example(
    client: &Client,
) -> Result<DirectoryUser, Box<dyn std::error::Error>> {
    let body = DirectoryUser::default()
        .display_name(Maybe::Null)
        .days("monday, tuesday".parse::<Flags<DirectoryDay>>()?)
        .free_days(Flags::from(DirectoryDay::Wednesday));
    let answer = client.users_user().create_user(body).await?;
    Ok(answer)
}
