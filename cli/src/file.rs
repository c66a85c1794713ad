//! Files and standard streams.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};

/// The name of standard input and standard output.
pub(crate) const STREAM: &str = "-";

pub(crate) fn read(file: &OsStr) -> io::Result<Vec<u8>> {
    if file != STREAM {
        return fs::read(file);
    }
    let mut octets = Vec::new();
    io::stdin().lock().read_to_end(&mut octets)?;
    Ok(octets)
}

pub(crate) fn write(file: &OsStr, octets: &[u8]) -> io::Result<()> {
    if file == STREAM { write_out(octets) } else { fs::write(file, octets) }
}

/// Writes to standard output, and to its end: what remains at the end of the program is lost without an error.
pub(crate) fn write_out(octets: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(octets)?;
    out.flush()
}

/// Names the file in an error.
pub(crate) fn error_in(file: &OsStr, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", file.display()))
}
