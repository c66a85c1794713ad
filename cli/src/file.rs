//! Files and standard streams.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process;

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
    if file == STREAM {
        return write_out(octets);
    }
    let mut new = Output::new(Path::new(file))?;
    new.write_all(octets)?;
    new.finish()
}

/// A file that did not exist: nothing is opened that does, also not through a link.
pub(crate) fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// A file that takes its name once it is whole. A file that has the name already is replaced; a link, device, pipe or
/// folder is left alone.
#[derive(Debug)]
pub(crate) struct Output {
    out: BufWriter<File>,
    /// The name until then, in the same folder.
    temporary: Temporary,
    to: PathBuf,
}

/// A file that is removed unless it was renamed.
#[derive(Debug)]
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // What cannot be removed stays.
        let _ = fs::remove_file(&self.0);
    }
}

impl Output {
    pub(crate) fn new(to: &Path) -> io::Result<Self> {
        let replaced = match fs::symlink_metadata(to) {
            Ok(metadata) if metadata.is_file() => Some(metadata.permissions()),
            Ok(_) => return Err(io::Error::new(io::ErrorKind::AlreadyExists, "exists and is not a regular file")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let name = to.file_name().ok_or(io::ErrorKind::IsADirectory)?;
        let mut number = 0_u32;
        let (file, temporary) = loop {
            let mut hidden = OsStr::new(".").to_owned();
            hidden.push(name);
            hidden.push(format!(".{}-{number}", process::id()));
            let path = to.with_file_name(hidden);
            match create_new(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 100 => number += 1,
                file => break (file?, Temporary(path)),
            }
        };
        if let Some(permissions) = replaced {
            file.set_permissions(permissions)?;
        }
        Ok(Self { out: BufWriter::new(file), temporary, to: to.into() })
    }

    /// Gives the file its name.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.out.flush()?;
        fs::rename(&self.temporary.0, &self.to)
    }
}

impl Write for Output {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.out.write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
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
