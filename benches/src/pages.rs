//! Pages of a hundred objects, as Microsoft Graph answers them, made by code.
//!
//! The values are invented; which members there are, how long their values are, and which annotations
//! are beside them is what the service does.

use schemacrate_runtime::codegen::Structured;
use serde_json::{Map, Value, json};

/// How many objects are on a page.
const OBJECTS: usize = 100;

/// In which order the members of each object come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As the schema declares them, annotations first.
    Schema,
    /// In no order, another one for each object.
    Shuffled,
}

/// Numbers without any order, the same ones in every run.
pub struct Numbers(u64);

impl Numbers {
    /// A sequence by its seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(0x9E37_79B9_7F4A_7C15))
    }

    /// The next number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn word(&mut self) -> &'static str {
        const WORDS: [&str; 16] = [
            "Amber", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Grove", "Harbor", "Inlet",
            "Juniper", "Kestrel", "Lagoon", "Meadow", "Nørre", "Orchard", "Prairie",
        ];
        WORDS[self.below(WORDS.len())]
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn guid(&mut self) -> String {
        let mut digits = |count: usize| -> String {
            (0..count).map(|_| char::from(b"0123456789abcdef"[self.below(16)])).collect()
        };
        [digits(8), digits(4), digits(4), digits(4), digits(12)].join("-")
    }

    fn moment(&mut self) -> String {
        let (month, day) = (1 + self.below(12), 1 + self.below(28));
        let (hour, minute, second) = (self.below(24), self.below(60), self.below(60));
        format!("2024-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }

    /// Text without spaces, as identifiers of mailboxes are.
    fn token(&mut self, length: usize) -> String {
        (0..length).map(|_| char::from(b'A' + self.below(26) as u8)).collect()
    }

    fn address(&mut self) -> Value {
        let (first, last) = (self.word(), self.word());
        json!({"emailAddress": {"address": format!("{first}.{last}@contoso.example"), "name": format!("{first} {last}")}})
    }
}

/// A page around objects.
fn page(context: &str, objects: Vec<Value>) -> Vec<u8> {
    let context = format!("https://graph.microsoft.com/v1.0/$metadata#{context}");
    let next = "https://graph.microsoft.com/v1.0/users?$skiptoken=RFNwdAIAAQAAACI6QWRlbGVWQE0zNjV4MjE0MzU1Lm9ubWljcm9zb2Z0LmNvbS";
    let page = json!({"@odata.context": context, "@odata.nextLink": next, "value": objects});
    page.to_string().into_bytes()
}

/// Makes objects and orders their members.
fn objects(
    shape: &dyn Structured,
    order: Order,
    mut make: impl FnMut(&mut Numbers) -> Value,
) -> Vec<Value> {
    let mut numbers = Numbers::new(1);
    let names = shape.shape().members;
    let ordered = |mut object: Value| {
        match order {
            Order::Schema => {
                let members = object.as_object_mut().expect("pages are of objects");
                let at = |name: &str| names.iter().position(|one| *one == name);
                let mut list: Vec<_> = std::mem::take(members).into_iter().collect();
                // What the schema does not declare is an annotation, which comes first, or an
                // extension, which comes last.
                list.sort_by_key(|(name, _)| match at(name) {
                    Some(at) => at + 1,
                    None if name.starts_with('@') => 0,
                    None => usize::MAX,
                });
                *members = list.into_iter().collect();
            }
            Order::Shuffled => shuffle(&mut object, &mut Numbers::new(7 + names.len() as u64)),
        }
        object
    };
    (0..OBJECTS)
        .map(|at| {
            let object = make(&mut numbers);
            let mut object = ordered(object);
            if order == Order::Shuffled {
                shuffle(&mut object, &mut Numbers::new(at as u64));
            }
            object
        })
        .collect()
}

fn shuffle(value: &mut Value, numbers: &mut Numbers) {
    match value {
        Value::Object(members) => {
            let mut list: Vec<_> = std::mem::take(members).into_iter().collect();
            for at in (1..list.len()).rev() {
                list.swap(at, numbers.below(at + 1));
            }
            list.iter_mut().for_each(|(_, value)| shuffle(value, numbers));
            *members = list.into_iter().collect();
        }
        Value::Array(items) => items.iter_mut().for_each(|item| shuffle(item, numbers)),
        _ => {}
    }
}

/// Users with the members that the service returns unless it is asked for others.
pub fn users(order: Order) -> Vec<u8> {
    page("users", objects(&models::microsoft::graph::User::default(), order, user))
}

fn user(numbers: &mut Numbers) -> Value {
    let (first, last) = (numbers.word(), numbers.word());
    let phone = format!("+1 425 555 01{:02}", numbers.below(100));
    json!({
        "businessPhones": [phone],
        "displayName": format!("{first} {last}"),
        "givenName": first,
        "jobTitle": numbers.words(2),
        "mail": format!("{first}.{last}@contoso.example"),
        "mobilePhone": null,
        "officeLocation": format!("{}/{}", numbers.below(40), 1000 + numbers.below(3000)),
        "preferredLanguage": "en-US",
        "surname": last,
        "userPrincipalName": format!("{first}.{last}@contoso.example"),
        "id": numbers.guid(),
    })
}

/// Users with most of the members that can be selected, and with an extension of the tenant.
pub fn wide_users(order: Order) -> Vec<u8> {
    page("users(…)", objects(&models::microsoft::graph::User::default(), order, wide_user))
}

fn wide_user(numbers: &mut Numbers) -> Value {
    let mut user = user(numbers);
    let plan = |numbers: &mut Numbers| {
        json!({
            "assignedDateTime": numbers.moment(), "capabilityStatus": "Enabled",
            "service": "exchange", "servicePlanId": numbers.guid(),
        })
    };
    let more = json!({
        "deletedDateTime": null,
        "accountEnabled": true,
        "ageGroup": null,
        "assignedLicenses": [{"disabledPlans": [numbers.guid()], "skuId": numbers.guid()}],
        "assignedPlans": (0..5).map(|_| plan(numbers)).collect::<Vec<_>>(),
        "city": numbers.word(),
        "companyName": numbers.words(2),
        "consentProvidedForMinor": null,
        "country": "Denmark",
        "createdDateTime": numbers.moment(),
        "creationType": null,
        "department": numbers.words(2),
        "employeeHireDate": numbers.moment(),
        "employeeId": numbers.below(100_000).to_string(),
        "employeeOrgData": {"costCenter": numbers.below(9000).to_string(), "division": numbers.word()},
        "employeeType": "Employee",
        "externalUserState": null,
        "externalUserStateChangeDateTime": null,
        "faxNumber": null,
        "identities": [{"issuer": "contoso.example", "issuerAssignedId": numbers.token(20), "signInType": "userPrincipalName"}],
        "imAddresses": [format!("{}@contoso.example", numbers.word())],
        "isResourceAccount": null,
        "lastPasswordChangeDateTime": numbers.moment(),
        "legalAgeGroupClassification": null,
        "mailNickname": numbers.word(),
        "onPremisesDistinguishedName": null,
        "onPremisesDomainName": null,
        "onPremisesExtensionAttributes": {
            "extensionAttribute1": numbers.word(), "extensionAttribute2": null, "extensionAttribute3": null,
            "extensionAttribute4": null, "extensionAttribute5": null, "extensionAttribute6": null,
            "extensionAttribute7": null, "extensionAttribute8": null, "extensionAttribute9": null,
            "extensionAttribute10": null, "extensionAttribute11": null, "extensionAttribute12": null,
            "extensionAttribute13": null, "extensionAttribute14": null, "extensionAttribute15": null,
        },
        "onPremisesImmutableId": null,
        "onPremisesLastSyncDateTime": null,
        "onPremisesProvisioningErrors": [],
        "onPremisesSyncEnabled": null,
        "otherMails": [],
        "passwordPolicies": "DisablePasswordExpiration",
        "postalCode": numbers.below(90_000).to_string(),
        "provisionedPlans": [{"capabilityStatus": "Enabled", "provisioningStatus": "Success", "service": "SharePoint"}],
        "proxyAddresses": [format!("SMTP:{}@contoso.example", numbers.word())],
        "securityIdentifier": format!("S-1-12-1-{}-{}", numbers.below(1 << 31), numbers.below(1 << 31)),
        "showInAddressList": null,
        "signInSessionsValidFromDateTime": numbers.moment(),
        "state": numbers.word(),
        "streetAddress": numbers.words(3),
        "usageLocation": "DK",
        "userType": "Member",
        "extension_9d98asd7a89sd_badge": numbers.token(8),
    });
    let members: &mut Map<String, Value> = user.as_object_mut().expect("a user is an object");
    members.extend(more.as_object().cloned().unwrap_or_default());
    user
}

/// Messages with all members that the service returns.
pub fn messages(order: Order) -> Vec<u8> {
    page(
        "users('1')/messages",
        objects(&models::microsoft::graph::Message::default(), order, message),
    )
}

fn message(numbers: &mut Numbers) -> Value {
    let text = numbers.words(60);
    let html = format!("<html>\r\n<body class=\"plain\">\r\n<p>{text}</p>\r\n</body>\r\n</html>");
    let sender = numbers.address();
    json!({
        "@odata.etag": format!("W/\"{}\"", numbers.token(24)),
        "id": numbers.token(152),
        "categories": [],
        "changeKey": numbers.token(40),
        "createdDateTime": numbers.moment(),
        "lastModifiedDateTime": numbers.moment(),
        "bccRecipients": [],
        "body": {"contentType": "html", "content": html},
        "bodyPreview": numbers.words(30),
        "ccRecipients": [numbers.address()],
        "conversationId": numbers.token(80),
        "conversationIndex": "AQHZ9pX7kq3eW0mTgU2v5r8Y1bNcVw==",
        "flag": {"flagStatus": "notFlagged"},
        "from": sender.clone(),
        "hasAttachments": numbers.below(4) == 0,
        "importance": "normal",
        "inferenceClassification": "focused",
        "internetMessageId": format!("<{}@contoso.example>", numbers.token(50)),
        "isDeliveryReceiptRequested": null,
        "isDraft": false,
        "isRead": numbers.below(2) == 0,
        "isReadReceiptRequested": false,
        "parentFolderId": numbers.token(120),
        "receivedDateTime": numbers.moment(),
        "replyTo": [],
        "sender": sender,
        "sentDateTime": numbers.moment(),
        "subject": numbers.words(6),
        "toRecipients": [numbers.address(), numbers.address()],
        "webLink": format!("https://outlook.office365.example/owa/?ItemID={}&exvsurl=1", numbers.token(160)),
    })
}

/// Devices with all members that the service returns, some of which the schema does not declare.
pub fn devices(order: Order) -> Vec<u8> {
    page("devices", objects(&models::microsoft::graph::Device::default(), order, device))
}

fn device(numbers: &mut Numbers) -> Value {
    let id = numbers.guid();
    json!({
        "id": numbers.guid(),
        "deletedDateTime": null,
        "accountEnabled": true,
        "alternativeSecurityIds": [{"identityProvider": null, "key": "WAA1ADAAOQA6ADwAUwBIAEEAMQ", "type": 2}],
        "approximateLastSignInDateTime": numbers.moment(),
        "complianceExpirationDateTime": null,
        "createdDateTime": numbers.moment(),
        "deviceCategory": null,
        "deviceId": id.clone(),
        "deviceMetadata": null,
        "deviceOwnership": "Company",
        "deviceVersion": 2,
        "displayName": format!("LAPTOP-{}", numbers.token(7)),
        "domainName": null,
        "enrollmentProfileName": null,
        "enrollmentType": null,
        "isCompliant": true,
        "isManaged": true,
        "isRooted": null,
        "managementType": "MDM",
        "manufacturer": numbers.word(),
        "mdmAppId": numbers.guid(),
        "model": numbers.words(2),
        "onPremisesLastSyncDateTime": null,
        "onPremisesSyncEnabled": null,
        "operatingSystem": "Windows",
        "operatingSystemVersion": "10.0.22621.2428",
        "physicalIds": [format!("[HWID]:h:{}", numbers.below(1 << 31)), format!("[USER-GID]:{id}:{}", numbers.below(1 << 31))],
        "profileType": "RegisteredDevice",
        "registrationDateTime": numbers.moment(),
        "systemLabels": [],
        "trustType": "Workplace",
    })
}

/// Where the name of the type of an object in a polymorphic collection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Before all other members, where the service puts it.
    First,
    /// After all other members.
    Last,
}

/// The members of a group: users, devices, groups and service principals.
pub fn members(tag: Tag) -> Vec<u8> {
    let mut numbers = Numbers::new(3);
    let objects = (0..OBJECTS).map(|at| {
        let (name, object) = match at % 4 {
            0 => ("user", user(&mut numbers)),
            1 => ("device", device(&mut numbers)),
            2 => ("group", group(&mut numbers)),
            _ => ("servicePrincipal", service_principal(&mut numbers)),
        };
        let tagged = ("@odata.type".to_owned(), format!("#microsoft.graph.{name}").into());
        let members = object.as_object().cloned().unwrap_or_default().into_iter();
        let members: Map<String, Value> = match tag {
            Tag::First => std::iter::once(tagged).chain(members).collect(),
            Tag::Last => members.chain([tagged]).collect(),
        };
        members.into()
    });
    page("directoryObjects", objects.collect())
}

fn group(numbers: &mut Numbers) -> Value {
    let name = numbers.words(2);
    json!({
        "id": numbers.guid(),
        "deletedDateTime": null,
        "classification": null,
        "createdDateTime": numbers.moment(),
        "description": numbers.words(8),
        "displayName": name,
        "expirationDateTime": null,
        "groupTypes": ["Unified"],
        "isAssignableToRole": null,
        "mail": format!("{}@contoso.example", numbers.word()),
        "mailEnabled": true,
        "mailNickname": numbers.word(),
        "membershipRule": null,
        "onPremisesLastSyncDateTime": null,
        "onPremisesProvisioningErrors": [],
        "preferredDataLocation": null,
        "proxyAddresses": [format!("SMTP:{}@contoso.example", numbers.word())],
        "renewedDateTime": numbers.moment(),
        "resourceBehaviorOptions": [],
        "resourceProvisioningOptions": ["Team"],
        "securityEnabled": false,
        "securityIdentifier": format!("S-1-12-1-{}-{}", numbers.below(1 << 31), numbers.below(1 << 31)),
        "theme": null,
        "visibility": "Private",
    })
}

fn service_principal(numbers: &mut Numbers) -> Value {
    json!({
        "id": numbers.guid(),
        "deletedDateTime": null,
        "accountEnabled": true,
        "addIns": [],
        "alternativeNames": [],
        "appDescription": null,
        "appDisplayName": numbers.words(2),
        "appId": numbers.guid(),
        "appOwnerOrganizationId": numbers.guid(),
        "appRoleAssignmentRequired": false,
        "appRoles": [{
            "allowedMemberTypes": ["Application"], "description": numbers.words(6), "displayName": numbers.words(3),
            "id": numbers.guid(), "isEnabled": true, "origin": "Application", "value": "Files.Read.All",
        }],
        "displayName": numbers.words(2),
        "homepage": null,
        "info": {"logoUrl": null, "marketingUrl": null, "privacyStatementUrl": null, "supportUrl": null, "termsOfServiceUrl": null},
        "keyCredentials": [],
        "loginUrl": null,
        "notificationEmailAddresses": [],
        "replyUrls": [format!("https://{}.contoso.example/signin", numbers.word())],
        "servicePrincipalNames": [numbers.guid()],
        "servicePrincipalType": "Application",
        "signInAudience": "AzureADMyOrg",
        "tags": ["WindowsAzureActiveDirectoryIntegratedApp"],
        "tokenEncryptionKeyId": null,
    })
}
