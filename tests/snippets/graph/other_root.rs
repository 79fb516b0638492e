use generated::Client;
use generated::graph::DeviceConfiguration;
use generated::runtime::Page;

pub async fn example(
    client: &Client,
) -> Result<Page<DeviceConfiguration>, Box<dyn std::error::Error>> {
    // The request is for https://graph.microsoft.com/v1.0, so the client has to be made for it.
    let page = client.device_management().device_configurations().list().await?;
    Ok(page)
}
