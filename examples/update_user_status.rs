//! Updates the state of a device configuration for one user, and prints what goes over the wire.
//!
//! By default it starts a stub service on localhost and sends the request there. With `GRAPH_TOKEN` set
//! it sends it to Microsoft Graph, or to the service root in `GRAPH_SERVICE_ROOT`; then pass the ids
//! of a device configuration and a user status as arguments.

use generated::graph::{ComplianceStatus, DeviceConfigurationUserStatusUpdate};
use generated::runtime::transport::ReqwestTransport;
use generated::{Client, SERVICE_ROOT, update_device_configuration_user_status};
use std::env;
use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread;

const ANSWER: &str = r##"{
  "@odata.type": "#microsoft.graph.deviceConfigurationUserStatus",
  "id": "7e323db2-3db2-7e32-b23d-327eb23d327e",
  "status": "notApplicable",
  "lastReportedDateTime": "2017-01-01T00:00:17.7769392-08:00"
}"##;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut ids = env::args().skip(1);
    let configuration = ids.next().unwrap_or_else(|| "device-configuration-id".to_owned());
    let user_status = ids.next().unwrap_or_else(|| "user-status-id".to_owned());
    let update = DeviceConfigurationUserStatusUpdate::new()
        .status(ComplianceStatus::NotApplicable)
        .last_reported_date_time("2017-01-01T00:00:17.7769392-08:00".parse()?);

    let client = match env::var("GRAPH_TOKEN") {
        Ok(token) => {
            let root = env::var("GRAPH_SERVICE_ROOT").unwrap_or_else(|_| SERVICE_ROOT.to_owned());
            Client::with_service_root(&root, token)?
        }
        // A proxy in the environment must not be used for loopback.
        Err(_) => Client::builder()
            .service_root(serve_once()?)
            .credential("a-token-for-loopback")
            .transport(ReqwestTransport::direct()?)
            .build()?,
    };
    let request =
        update_device_configuration_user_status(&client, &configuration, &user_status, update);

    println!("The request as a value:");
    let http = request.to_http()?;
    println!("  {} {}", http.method(), http.uri());
    for (name, value) in http.headers() {
        println!("  {name}: {}", value.to_str()?);
    }
    println!("\n  {}\n", String::from_utf8_lossy(http.body()));

    match request.await? {
        Some(updated) => {
            println!("The answer:\n  {updated:#?}\n\n  {}", serde_json::to_string(&updated)?)
        }
        None => println!("The service answered without the object."),
    }
    Ok(())
}

/// Starts a service that prints one request and returns the documented answer. Returns its root.
fn serve_once() -> Result<String, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let root = format!("http://{}/beta", listener.local_addr()?);
    thread::spawn(move || -> std::io::Result<()> {
        let (mut stream, _) = listener.accept()?;
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut length = 0;
        println!("What the service on loopback received:");
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            println!("  {line}");
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        println!("\n  {}\n", String::from_utf8_lossy(&body));
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{ANSWER}",
            ANSWER.len()
        )
    });
    Ok(root)
}
