//! What can be done, and where to find an example of it.
//!
//! Every example runs as a test. The examples use the types of this crate; a generated crate adds a
//! method for each resource of its service.
//!
//! # Requests
//!
//! | to | see |
//! |---|---|
//! | go to a resource: a name, a key, a compound key | [`Resource`](crate::Resource), [`IntoKey`](crate::model::IntoKey) |
//! | read, create, change, replace, delete | [`Resource::get`](crate::Resource::get) and the methods next to it |
//! | look at a request before it is sent, or send it by other means | [`Request`](crate::Request) |
//! | filter, sort, select, expand | [`query`](crate::query), [`Request::select`](crate::Request::select) |
//! | write a filter: comparisons, functions, `any` and `all`, arithmetic | [`Expression`](crate::query::Expression) |
//! | search for text of a user | [`query::phrase`](crate::query::phrase()) |
//! | expand with nested options | [`Navigation::with`](crate::query::Navigation::with) |
//! | refer to a property of a derived type | [`Property::of_base`](crate::query::Property::of_base) |
//! | change members to values or to null, and parts of complex values | [`Update`](crate::Update), [`IntoValue`](crate::model::IntoValue), [`IntoNullable`](crate::model::IntoNullable), [`Null`](crate::model::Null) |
//! | set a member that the schema does not declare | `additional` of a generated builder |
//! | send an object: a struct, a builder, one of a derived type | [`IntoBody`](crate::model::IntoBody), [`JsonBody`](crate::model::JsonBody) |
//! | change a resource only if it has not changed in the meantime | [`Request::if_unchanged`](crate::Request::if_unchanged), [`if_match`](crate::Request::if_match), [`Additional::etag`](crate::Additional::etag) |
//! | send a preference to the service | [`Request::prefer`](crate::Request::prefer), [`minimal`](crate::Request::minimal), [`max_page_size`](crate::Request::max_page_size) |
//! | read and write one property | [`PropertyPath`](crate::paths::PropertyPath) |
//! | read and write bytes, at once or as a stream | [`MediaPath`](crate::paths::MediaPath) |
//! | have bytes as a `Stream` or an `AsyncRead`, or send them from one | [`Body`](crate::transport::Body) |
//! | read and write the bytes of an entity that is not declared to have any | [`EntityPathExt::media`](crate::paths::EntityPathExt::media) |
//! | go to an item by its path in a hierarchy, such as a file in a drive | [`EntityPathExt::item_with_path`](crate::paths::EntityPathExt::item_with_path), [`Resource::item_with_path`](crate::Resource::item_with_path) |
//! | go to what the schema does not describe | [`Resource::raw`](crate::Resource::raw) |
//! | add and remove references, refer to what exists in what is new | [`ReferencesPath`](crate::paths::ReferencesPath), [`IntoReference`](crate::model::IntoReference) |
//! | send several requests as one, some after others, or all or none | [`Batch`](crate::Batch) |
//! | upload a large file in chunks, from memory, a file or a reader | [`Upload`](crate::Upload), `FileSource`, `ReaderSource` |
//! | start a long-running operation, and wait for it | [`LongRunning`](crate::LongRunning) |
//! | call a function | [`Resource::arguments`](crate::Resource::arguments) |
//! | call an action | the builder of its parameters, or `()` for none: [`IntoBody`](crate::model::IntoBody) |
//!
//! # Responses
//!
//! | to | see |
//! |---|---|
//! | get the status and headers as well | [`Request::send_full`](crate::Request::send_full) |
//! | know what was created if the service answers without a body | [`Resource::create`](crate::Resource::create), [`Additional::entity_id`](crate::Additional::entity_id), [`Response::entity_id`](crate::Response::entity_id) |
//! | require a value where a service may answer none, or null | [`Request::required`](crate::Request::required) |
//! | read page after page, item after item, or all at once | [`Request::pages`](crate::Request::pages), [`Request::items`](crate::Request::items), [`Request::all`](crate::Request::all), by hand [`Request::next_of`](crate::Request::next_of) |
//! | read the first so many items, whatever the service does | [`Items::take`](crate::Items::take) |
//! | read what changed since the last time | [`Request::changes`](crate::Request::changes) |
//! | read what the schema does not declare | [`Additional`](crate::Additional), [`Untyped`](crate::model::Untyped) |
//! | look up what is read leniently, what is kept as it came, and what is an error | [`model`](crate::model#what-is-read-what-is-kept-and-what-is-an-error) |
//! | find values that are not of their declared types | [`Page::unread`](crate::Page::unread), [`unread`](crate::model::unread()), [`Additional::unread`](crate::Additional::unread) |
//! | get at the derived type of an object | `downcast`, `member` and `into_any`, which a generated struct with derived types has |
//! | decode a type whose name is known only as the program runs | [`registry`](crate::registry) |
//! | distinguish errors | [`Error`](crate::Error), [`ServiceError`](crate::ServiceError) |
//! | read the headers of a failed response, and its `Location` | [`Error::headers`](crate::Error::headers), [`Error::location`](crate::Error::location) |
//!
//! # The client
//!
//! | to | see |
//! |---|---|
//! | set timeouts, retries, scopes, limits | [`ClientBuilder`](crate::ClientBuilder), [`RetryPolicy`](crate::RetryPolicy) |
//! | set them, or another token, for one request, batch, upload or operation | [`Request`](crate::Request), [`Request::total_timeout`](crate::Request::total_timeout) |
//! | assign an id to each request, for the logs of the service | [`ClientBuilder::client_request_id_header`](crate::ClientBuilder::client_request_id_header), [`Error::client_request_id`](crate::Error::client_request_id) |
//! | supply tokens: a text, a closure, your own type | [`Credential`](crate::Credential), [`credential_fn`](crate::credential_fn()) |
//! | use a national cloud of Microsoft | [`Cloud`](crate::cloud::Cloud) |
//! | use a `reqwest` client with your own settings | `ReqwestTransport` |
//! | use another HTTP library | [`Transport`](crate::transport::Transport) |
//! | test without a service | [`Replay`](crate::transport::Replay) |
//!
//! With the features `azure`, `tower` and `blocking` there are also the credentials of the Azure SDK,
//! layers around the transport, and requests from code that is not asynchronous.
