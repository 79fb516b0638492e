//! A limit of time for each part of a body that is read as it comes.
//!
//! Enters: a body of an answer. Leaves: the same body, which fails if its next part does not come in time.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::{Body, Transport, TransportError, TransportFailure};
use crate::web::credential::BoxFuture;

impl Body {
    /// The same body, each part of which may take so long to come. The time in which nobody asks for a part
    /// does not count.
    pub(crate) fn within(self, limit: Duration, transport: Arc<dyn Transport>) -> Self {
        match self.as_bytes() {
            // All of it is there.
            Some(_) => self,
            None => Self::new(Limited { body: self, limit, transport, wait: None }),
        }
    }
}

struct Limited {
    body: Body,
    limit: Duration,
    transport: Arc<dyn Transport>,
    /// Ends when the part that is waited for is late.
    wait: Option<BoxFuture<'static, ()>>,
}

impl http_body::Body for Limited {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let Self { body, limit, transport, wait } = &mut *self;
        if let Poll::Ready(part) = body.poll(context) {
            *wait = None;
            return Poll::Ready(part);
        }
        let wait = wait.get_or_insert_with(|| {
            let (transport, limit) = (Arc::clone(transport), *limit);
            Box::pin(async move { transport.sleep(limit).await })
        });
        ready!(wait.as_mut().poll(context));
        let why = format!("no part of the answer within {limit:?}");
        // The connection is not kept for what may never come.
        *body = Body::default();
        Poll::Ready(Some(Err(TransportError::new(TransportFailure::Timeout, why))))
    }

    fn is_end_stream(&self) -> bool {
        http_body::Body::is_end_stream(&self.body)
    }

    fn size_hint(&self) -> SizeHint {
        http_body::Body::size_hint(&self.body)
    }
}
