//! Looks for octets on which an operation needs much memory or many steps for each of them. The first
//! octet chooses the interface, the others are the message.
//!
//! Steps are measured by what they allocate, which is the same each time, and by the time that this thread
//! is at work, which catches loops that allocate nothing; its bound is far above what any octet takes.
#![no_main]

use std::alloc::{GlobalAlloc, Layout, System};
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use libfuzzer_sys::fuzz_target;
use shapes::Interface;
use shapes::operations::{self, Bound};

#[path = "../../tests/support/shapes/all.rs"]
#[allow(dead_code, reason = "the shapes are the seeds")]
mod shapes;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Counts what the system's allocator is asked for. Memory that grows is there twice for a moment.
struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
static TOTAL: AtomicUsize = AtomicUsize::new(0);
static COUNT: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(live, Ordering::Relaxed);
        TOTAL.fetch_add(layout.size(), Ordering::Relaxed);
        COUNT.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps to the contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: `alloc` gave this pointer for this layout.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Nanoseconds that this thread has been at work.
fn at_work() -> u64 {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split_whitespace().next().and_then(|text| text.parse().ok()).unwrap_or(0)
}

fn time(run: &mut dyn FnMut()) -> u64 {
    let start = at_work();
    run();
    at_work() - start
}

fn check(name: &str, octets: usize, bound: Bound, run: &mut dyn FnMut()) {
    let live = LIVE.load(Ordering::Relaxed);
    PEAK.store(live, Ordering::Relaxed);
    let before = [&TOTAL, &COUNT].map(|counter| counter.load(Ordering::Relaxed));
    let first = time(run);
    let peak = PEAK.load(Ordering::Relaxed) - live;
    assert!((peak as u64) < bound.of(octets), "{name}: {octets} octets need {peak} octets of memory");
    let [total, count] =
        [(&TOTAL, before[0]), (&COUNT, before[1])].map(|(now, before)| now.load(Ordering::Relaxed) - before);
    assert!(total < 400 * octets + 400_000, "{name}: {octets} octets allocate {total} octets in all");
    assert!(count < 16 * octets + 2_000, "{name}: {octets} octets take {count} allocations");
    // Slow once may be the machine; slow three times is not.
    let allowed = 20_000_000 + 10_000 * octets as u64;
    if first > allowed {
        let again = time(run).min(time(run));
        assert!(again <= allowed, "{name}: {octets} octets take {again} ns");
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((first, octets)) = data.split_first() else { return };
    let interface = Interface::ALL[usize::from(*first) % Interface::ALL.len()];
    let octets = mms_codec::Bytes::copy_from_slice(octets);
    operations::decode(interface, &octets, &mut |name, run| check(name, octets.len(), Bound::DECODING, run));
    operations::others(interface, &octets, &mut |name, run| check(name, octets.len(), Bound::OTHERS, run));
});
