//! The service of the examples, in a separate process, and its callers: the client, or reqwest by hand.
//! Both send the same headers and have the same timeout.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use schemacrate_runtime::ServiceClient;
use schemacrate_runtime::transport::ReqwestTransport;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

pub(crate) type AnyError = Box<dyn std::error::Error + Send + Sync>;

/// The service, as long as this lives.
pub(crate) struct Service {
    process: Child,
    pub(crate) root: String,
}

impl Service {
    pub(crate) fn start() -> Result<Self, AnyError> {
        let mut command = Command::new(std::env::current_exe()?);
        let mut process = command.arg("serve").stdout(Stdio::piped()).spawn()?;
        let output = process.stdout.take().ok_or("the service has no output")?;
        let mut service = Self { process, root: String::new() };
        BufReader::new(output).read_line(&mut service.root)?;
        service.root.truncate(service.root.trim_end().len());
        Ok(service)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // If it has ended already, there is nothing to end.
        let _ = self.process.kill();
    }
}

pub(crate) fn client(root: &str) -> Result<ServiceClient, AnyError> {
    let transport = ReqwestTransport::direct()?;
    Ok(ServiceClient::builder(root).transport(transport).credential("token").build()?)
}

pub(crate) fn client_by_hand() -> Result<reqwest::Client, AnyError> {
    let name = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    Ok(reqwest::Client::builder().no_proxy().user_agent(name).build()?)
}

/// A request of the client as written with reqwest. The client has a timeout by default, and sends a
/// `User-Agent`.
pub(crate) fn request_by_hand(
    client: &reqwest::Client,
    root: &str,
    number: usize,
) -> reqwest::RequestBuilder {
    let request = client.get(format!("{root}/devices/{number}"));
    let request = request.header("accept", "application/json").bearer_auth("token");
    request.timeout(Duration::from_secs(100))
}

/// A service that answers everything with the same bytes, and prints its address first.
pub(crate) async fn serve(answer: &'static [u8]) -> Result<(), AnyError> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(([127, 0, 0, 1], 0).into())?;
    let listener = socket.listen(16_384)?;
    println!("http://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(answer_all(stream, answer));
    }
}

async fn answer_all(mut stream: TcpStream, answer: &'static [u8]) {
    let mut buffer = [0; 4096];
    let mut held = 0;
    while let Ok(read) = stream.read(&mut buffer[held..]).await {
        if read == 0 {
            return;
        }
        held += read;
        if buffer[..held].ends_with(b"\r\n\r\n") {
            held = 0;
            if stream.write_all(answer).await.is_err() {
                return;
            }
        }
    }
}
