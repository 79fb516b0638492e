use generated::Client;
use generated::graph::{
    ComplianceStatus, DeviceConfigurationUserStatus, DeviceConfigurationUserStatusUpdate,
};

pub async fn example(
    client: &Client,
) -> Result<Option<DeviceConfigurationUserStatus>, Box<dyn std::error::Error>> {
    let update = DeviceConfigurationUserStatusUpdate::new()
        .status(ComplianceStatus::NotApplicable)
        .last_reported_date_time("2017-01-01T00:00:17.7769392-08:00");
    let answer = client
        .device_management()
        .device_configurations()
        .id("{id}")
        .user_statuses()
        .id("{id}")
        .update(update)
        .await?;
    Ok(answer)
}
