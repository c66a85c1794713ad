//! Lists that hold no more memory than they have to.

use alloc::vec::Vec;

/// Appends without doubling the capacity, which keeps long lists of short items within the memory
/// that [`Limits`](crate::Limits) promises.
#[inline]
pub(crate) fn push<T>(list: &mut Vec<T>, item: T) {
    if list.capacity() == 0 {
        *list = Vec::with_capacity(4);
    } else if list.len() == list.capacity() {
        list.reserve_exact(4 + list.len() / 4);
    }
    list.push(item);
}
