//! The items of pages, one after another.
//!
//! Enters: pages, as they are asked for. Leaves: items, up to a number. Must not know: what a page is, or how
//! the next one is found.

use std::collections::VecDeque;
use std::task::{Poll, ready};

/// The items of the page that was read last.
pub(crate) struct PageItems<I> {
    items: VecDeque<I>,
    /// How many more are taken at most.
    left: usize,
}

impl<I> PageItems<I> {
    /// Before the first page.
    pub(crate) fn new() -> Self {
        Self { items: VecDeque::new(), left: usize::MAX }
    }

    /// Ends after this many items, or after fewer if that was set before.
    pub(crate) fn limit(&mut self, items: usize) {
        self.left = self.left.min(items);
    }

    /// How many there are without another page.
    pub(crate) fn at_hand(&self) -> usize {
        self.items.len()
    }

    /// The next item. `next_page` is called when a page has ended, also one without items, and not after the
    /// last item that is taken.
    pub(crate) fn poll_next<E>(
        &mut self,
        mut next_page: impl FnMut() -> Poll<Option<Result<Vec<I>, E>>>,
    ) -> Poll<Option<Result<I, E>>> {
        loop {
            if self.left == 0 {
                return Poll::Ready(None);
            }
            if let Some(item) = self.items.pop_front() {
                self.left -= 1;
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(next_page()) {
                Some(Ok(page)) => self.items = page.into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}
