//! Types as a generated crate has them, for the update of a deviceConfigurationUserStatus.

#[path = "../../src/odata/tests/structure.rs"]
mod structure;

use schemacrate_runtime::codegen;
use schemacrate_runtime::edm::DateTimeOffset;
use schemacrate_runtime::model::{Additional, OpenEnum, Update};
use schemacrate_runtime::{Resource, ServiceClient};
use structure::structure;

structure! {
    pub(crate) struct UserStatus is "microsoft.graph.deviceConfigurationUserStatus" {
        id: String = "id",
        last_reported_date_time: DateTimeOffset = "lastReportedDateTime",
        status: ComplianceStatus = "status",
    }
}

schemacrate_runtime::structured!(UserStatus);

#[derive(Clone, Debug)]
pub(crate) enum ComplianceStatus {
    NotApplicable,
    Unrecognized(String),
}

impl OpenEnum for ComplianceStatus {
    const NAME: &'static str = "microsoft.graph.complianceStatus";

    fn from_name(name: &str) -> Self {
        match name {
            "notApplicable" => Self::NotApplicable,
            other => Self::Unrecognized(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::NotApplicable => "notApplicable",
            Self::Unrecognized(name) => name,
        }
    }
}

schemacrate_runtime::open_enum!(ComplianceStatus);

/// The time of the seed document, to the last digit.
pub(crate) const TIME: &str = "2017-01-01T00:00:17.7769392-08:00";

/// The path of one user status.
pub(crate) fn user_status(client: &ServiceClient, configuration: &str, status: &str) -> Resource {
    user_statuses(client, configuration).key_segment(status)
}

/// The path of a collection of user statuses.
pub(crate) fn user_statuses(client: &ServiceClient, configuration: &str) -> Resource {
    let configurations = client.resource("deviceManagement").child("deviceConfigurations");
    configurations.key_segment(configuration).child("userStatuses")
}

/// The update of the seed document.
pub(crate) fn update() -> Update {
    let time: DateTimeOffset = TIME.parse().expect("a time");
    let mut update = Update::default();
    update.set("status", &ComplianceStatus::NotApplicable);
    update.set("lastReportedDateTime", &time);
    update
}
