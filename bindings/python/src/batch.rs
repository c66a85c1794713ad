//! Many messages at once, on all cores, without the interpreter's lock.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use mms_codec::{Bytes, Interface};
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::decoded::{Decoded, decode};
use crate::error::Failure;
use crate::message::{Message, interface_named};
use crate::octets::Input;

/// How many messages a thread takes at a time: enough that taking costs nothing.
const CHUNK: usize = 64;

/// Decodes messages on several threads. The result has one entry for each input, in their order: a Message, or the
/// DecodeError that `decode` would raise.
///
/// The interpreter's lock is held to take the buffers and to make the list, not to decode. `threads` is the number of
/// cores without it.
#[pyfunction]
#[pyo3(signature = (data, interface = None, strict = false, threads = None))]
pub(crate) fn decode_many<'py>(
    py: Python<'py>,
    data: &Bound<'py, PyAny>,
    interface: Option<&str>,
    strict: bool,
    threads: Option<usize>,
) -> PyResult<Bound<'py, PyList>> {
    let interface = interface_named(interface)?;
    let inputs: Vec<Bytes> = data.try_iter()?.map(|item| Ok(item?.extract::<Input>()?.0)).collect::<PyResult<_>>()?;
    let outcomes = py.detach(|| decode_all(&inputs, interface, strict, threads));
    let list = PyList::empty(py);
    for outcome in outcomes {
        match outcome {
            Ok(decoded) => list.append(Message(decoded.into()))?,
            Err(failure) => list.append(failure.raised(py).value(py))?,
        }
    }
    Ok(list)
}

type Outcome = Result<Decoded, Failure>;

fn decode_all(inputs: &[Bytes], interface: Option<Interface>, strict: bool, threads: Option<usize>) -> Vec<Outcome> {
    let cores = || thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let chunks: Vec<&[Bytes]> = inputs.chunks(CHUNK).collect();
    let threads = threads.unwrap_or_else(cores).clamp(1, chunks.len().max(1));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(chunk) = chunks.get(index) else { return done };
            done.push((index, chunk.iter().map(|octets| decode(octets, interface, strict)).collect::<Vec<_>>()));
        }
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        // The decoders do not panic; if one did, so would this thread.
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().flat_map(|(_, outcomes)| outcomes).collect()
}
