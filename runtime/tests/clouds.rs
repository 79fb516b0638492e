//! The clouds of Microsoft Graph as service roots.

use schemacrate_runtime::cloud::Cloud;
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{Request, ServiceClient, credential_fn};

#[tokio::test]
async fn a_client_of_each_cloud_asks_for_a_token_of_that_cloud() {
    let mut tokens = Vec::new();
    for cloud in Cloud::ALL {
        let service = Replay::new();
        service.answer(200, r#""x""#);
        let scope = |request: schemacrate_runtime::TokenRequest| async move {
            Ok(request.scopes().join(" ").into())
        };
        let builder =
            ServiceClient::builder(cloud.service_root("beta")).credential(credential_fn(scope));
        let client = builder.transport(service.clone()).build().expect("a client");
        let read: Request<String> = client.resource("me").get();
        read.await.expect("200");
        let sent = service.requests().remove(0);
        assert_eq!(sent.uri().to_string(), format!("{}/beta/me", cloud.graph()));
        tokens.push(sent.headers()["authorization"].to_str().expect("text").to_owned());
    }
    assert_eq!(
        tokens,
        [
            "Bearer https://graph.microsoft.com/.default",
            "Bearer https://graph.microsoft.us/.default",
            "Bearer https://dod-graph.microsoft.us/.default",
            "Bearer https://microsoftgraph.chinacloudapi.cn/.default",
        ]
    );
}
