//! Each page, and how each crate reads and writes it.

use crate::pages::{Order, Tag, devices, members, messages, users, wide_users};
use models::microsoft::graph::DirectoryObject;
use schemacrate_runtime::Page;
use schemacrate_runtime::model::{Value, from_answer, to_json};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::hint::black_box;

/// A page that derives, and passes over what it does not know.
#[derive(Serialize, Deserialize)]
pub struct Plain<T> {
    #[serde(rename = "@odata.context", skip_serializing_if = "Option::is_none")]
    context: Option<String>,
    #[serde(rename = "@odata.count", skip_serializing_if = "Option::is_none")]
    count: Option<i64>,
    #[serde(rename = "@odata.nextLink", skip_serializing_if = "Option::is_none")]
    next_link: Option<String>,
    value: Vec<T>,
}

/// A page that derives, and keeps what it does not know.
#[derive(Serialize, Deserialize)]
pub struct Keeping<T> {
    #[serde(rename = "@odata.context", skip_serializing_if = "Option::is_none")]
    context: Option<String>,
    #[serde(rename = "@odata.count", skip_serializing_if = "Option::is_none")]
    count: Option<i64>,
    #[serde(rename = "@odata.nextLink", skip_serializing_if = "Option::is_none")]
    next_link: Option<String>,
    value: Vec<T>,
    #[serde(flatten)]
    additional: BTreeMap<String, serde_json::Value>,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The generated crate.
    Models,
    /// The same models, deriving, without what they do not know.
    Twin,
    /// The same models, deriving, with what they do not know.
    TwinKeeping,
}

/// The sides.
pub const SIDES: [Side; 3] = [Side::Models, Side::Twin, Side::TwinKeeping];

/// A page in an order.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// The name.
    pub name: &'static str,
    page: fn() -> Vec<u8>,
    run: fn(Side, &[u8]) -> Box<dyn Job>,
}

/// What is done with a page.
pub trait Job {
    /// Decodes the page.
    fn decode(&self, json: &[u8]);
    /// Encodes what was decoded.
    fn encode(&self) -> Vec<u8>;
}

impl Case {
    /// The page, and what is done with it.
    pub fn prepare(&self, side: Side) -> (Vec<u8>, Box<dyn Job>) {
        let json = (self.page)();
        let job = (self.run)(side, &json);
        (json, job)
    }
}

/// A page that a generated crate decoded.
struct Generated<T>(Page<T>);

impl<T: Value> Job for Generated<T> {
    fn decode(&self, json: &[u8]) {
        black_box(from_answer::<Page<T>>(json).expect("the page is right"));
    }

    fn encode(&self) -> Vec<u8> {
        to_json(&self.0)
    }
}

/// A page whose objects were made values of the types that they name.
struct Typed(Vec<DirectoryObject>);

impl Job for Typed {
    fn decode(&self, json: &[u8]) {
        let page = from_answer::<Page<DirectoryObject>>(json).expect("the page is right");
        let objects = page.expect("the page is not null").value;
        black_box(objects.into_iter().map(DirectoryObject::into_any).collect::<Vec<_>>());
    }

    fn encode(&self) -> Vec<u8> {
        to_json(&self.0)
    }
}

/// A page that derived code decoded.
struct Derived<T>(T);

impl<T: Serialize + DeserializeOwned> Job for Derived<T> {
    fn decode(&self, json: &[u8]) {
        black_box(serde_json::from_slice::<T>(json).expect("the page is right"));
    }

    fn encode(&self) -> Vec<u8> {
        serde_json::to_vec(&self.0).expect("what was decoded can be encoded")
    }
}

fn run<M, T, K>(side: Side, json: &[u8]) -> Box<dyn Job>
where
    M: Value + 'static,
    T: Serialize + DeserializeOwned + 'static,
    K: Serialize + DeserializeOwned + 'static,
{
    match side {
        Side::Models => {
            let page = from_answer::<Page<M>>(json).expect("the page is right");
            Box::new(Generated(page.expect("the page is not null")))
        }
        Side::Twin => {
            let page: Plain<T> = serde_json::from_slice(json).expect("the page is right");
            Box::new(Derived(page))
        }
        Side::TwinKeeping => {
            let page: Keeping<K> = serde_json::from_slice(json).expect("the page is right");
            Box::new(Derived(page))
        }
    }
}

/// Objects of a hierarchy. Derived code only reads them as values of the types that they name.
fn run_typed(side: Side, json: &[u8]) -> Box<dyn Job> {
    match side {
        Side::Models => {
            let page = from_answer::<Page<DirectoryObject>>(json).expect("the page is right");
            Box::new(Typed(page.expect("the page is not null").value))
        }
        _ => run::<
            DirectoryObject,
            twin::microsoft::graph::AnyDirectoryObject,
            twin_keeping::microsoft::graph::AnyDirectoryObject,
        >(side, json),
    }
}

macro_rules! case {
    ($name:literal, $page:expr, $type:ident) => {
        case!($name, $page, $type, $type)
    };
    ($name:literal, $page:expr, $type:ident, $derived:ident) => {
        Case {
            name: $name,
            page: || $page,
            run: run::<
                models::microsoft::graph::$type,
                twin::microsoft::graph::$derived,
                twin_keeping::microsoft::graph::$derived,
            >,
        }
    };
}

/// All cases.
pub const CASES: [Case; 12] = [
    case!("users", users(Order::Schema), User),
    case!("users-shuffled", users(Order::Shuffled), User),
    case!("wide-users", wide_users(Order::Schema), User),
    case!("wide-users-shuffled", wide_users(Order::Shuffled), User),
    case!("messages", messages(Order::Schema), Message),
    case!("messages-shuffled", messages(Order::Shuffled), Message),
    case!("devices", devices(Order::Schema), Device),
    case!("devices-shuffled", devices(Order::Shuffled), Device),
    case!("members-tag-first", members(Tag::First), DirectoryObject, AnyDirectoryObject),
    case!("members-tag-last", members(Tag::Last), DirectoryObject, AnyDirectoryObject),
    Case { name: "members-into-any", page: || members(Tag::First), run: run_typed },
    Case { name: "members-into-any-tag-last", page: || members(Tag::Last), run: run_typed },
];
