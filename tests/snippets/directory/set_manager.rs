use golden_directory::Client;
use golden_directory::types::ReferenceUpdate;

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let body = ReferenceUpdate::default()
        .odata_id("https://directory.example/v1.0/users/8");
    client.users_directory_object().put_users_user_id_manager_ref("7", body).await?;
    Ok(())
}
