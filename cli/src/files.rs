//! The files of a command line, folders taken apart.

use std::ffi::OsString;
use std::io;
use std::path::Path;

use walkdir::WalkDir;

use crate::file;

/// A file, or one that cannot be listed, and why.
pub(crate) type Expanded = Result<OsString, (OsString, io::Error)>;

/// The files, and those in folders, at any depth, sorted by name; links in folders are not followed.
pub(crate) fn expand(arguments: &[OsString]) -> Vec<Expanded> {
    let mut files = Vec::new();
    for argument in arguments {
        if argument == file::STREAM || !Path::new(argument).is_dir() {
            files.push(Ok(argument.clone()));
            continue;
        }
        for entry in WalkDir::new(argument).sort_by_file_name() {
            match entry {
                Ok(entry) if entry.file_type().is_file() => files.push(Ok(entry.into_path().into())),
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().unwrap_or_else(|| Path::new(argument)).as_os_str().to_owned();
                    files.push(Err((path, error.into())));
                }
            }
        }
    }
    files
}
