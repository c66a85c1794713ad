//! Lists that hold no more memory than they have to.

use alloc::vec::Vec;

/// Appends without doubling the capacity, which keeps long lists of short items within the memory
/// that [`Limits`](crate::Limits) promises.
#[inline]
pub(crate) fn push<T>(list: &mut Vec<T>, item: T) {
    if list.len() == list.capacity() {
        grow(list);
    }
    list.push(item);
}

/// [`push`] of what `make` makes, which is built at its place.
#[inline(always)]
pub(crate) fn push_new<T>(list: &mut Vec<T>, make: impl FnOnce() -> T) {
    if list.len() == list.capacity() {
        grow(list);
    }
    // Unlike `push`, this makes the item when there is room for it, so that it needs no place before; nor an `Option`
    // around it, which `once_with` gives.
    list.extend(core::iter::once(make).map(|make| make()));
}

#[cold]
fn grow<T>(list: &mut Vec<T>) {
    match list.capacity() {
        // There is nothing to move, which is cheaper to allocate.
        0 => *list = Vec::with_capacity(4),
        capacity => list.reserve_exact(4 + capacity / 4),
    }
}
