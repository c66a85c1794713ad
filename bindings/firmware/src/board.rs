//! A Cortex-M4 under QEMU, with the host as its console.

use core::alloc::{GlobalAlloc, Layout};
use core::fmt;
use core::mem::MaybeUninit;
use core::panic::PanicInfo;
use core::ptr::addr_of_mut;
use core::sync::atomic::{AtomicUsize, Ordering};

use cortex_m::register::msp;
use cortex_m_semihosting::debug;
use cortex_m_semihosting::hio::{self, HostStream};
use embedded_alloc::LlffHeap;

const HEAP: usize = 1 << 20;

struct Counted {
    heap: LlffHeap,
    now: AtomicUsize,
    peak: AtomicUsize,
}

// SAFETY: the heap gives the memory; counting changes nothing of it.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = self.now.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        self.peak.fetch_max(now, Ordering::Relaxed);
        unsafe { self.heap.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        self.now.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { self.heap.dealloc(at, layout) };
    }
}

#[global_allocator]
static MEMORY: Counted = Counted { heap: LlffHeap::empty(), now: AtomicUsize::new(0), peak: AtomicUsize::new(0) };

pub fn start() {
    static mut ROOM: [MaybeUninit<u8>; HEAP] = [MaybeUninit::uninit(); HEAP];
    unsafe { MEMORY.heap.init(addr_of_mut!(ROOM) as usize, HEAP) };
}

pub fn stop(succeeded: bool) -> ! {
    debug::exit(if succeeded { debug::EXIT_SUCCESS } else { debug::EXIT_FAILURE });
    loop {}
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    stop(false)
}

/// What the host shows.
pub struct Console(HostStream);

impl Console {
    /// The console of the host.
    ///
    /// # Panics
    ///
    /// If no host listens.
    pub fn new() -> Self {
        Self(hio::hstdout().unwrap())
    }
}

impl fmt::Write for Console {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        fmt::Write::write_str(&mut self.0, text)
    }
}

/// How much memory a call took at most, in octets.
pub struct Used {
    pub stack: usize,
    pub heap: usize,
}

/// Calls `work` on a stack that is painted before, and looks how far the paint is gone.
#[inline(never)]
pub fn measure(work: impl FnOnce()) -> Used {
    const PAINT: u32 = 0xa5a5_5a5a;
    const DEPTH: usize = 64 << 10;
    // A little below what this function itself uses.
    let top = (msp::read() as usize - 64) & !3;
    let bottom = top - DEPTH;
    for at in (bottom..top).step_by(4) {
        // SAFETY: memory below the stack pointer, which nothing uses.
        unsafe { (at as *mut u32).write_volatile(PAINT) };
    }
    let before = MEMORY.now.load(Ordering::Relaxed);
    MEMORY.peak.store(before, Ordering::Relaxed);
    work();
    let heap = MEMORY.peak.load(Ordering::Relaxed) - before;
    // SAFETY: the same memory.
    let painted = |&at: &usize| unsafe { (at as *const u32).read_volatile() } == PAINT;
    let lowest = (bottom..top).step_by(4).find(|at| !painted(at)).unwrap_or(top);
    Used { stack: msp::read() as usize - lowest, heap }
}
