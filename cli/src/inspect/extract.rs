//! Writing parts to files whose names the sender of a message cannot turn into an attack.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use mms_codec::compose::extension;

use super::view::{Leaf, View};
use crate::file::create_new;

/// How many parts of one message are written, and how many octets of all messages: more is an attack.
const MAX_PARTS: usize = 1_000;
const MAX_OCTETS: u64 = 4 << 30;

/// Longer names are cut: some file systems take no more than 255 octets.
const MAX_CHARACTERS: usize = 60;

#[derive(Debug)]
pub(crate) struct Extractor {
    root: PathBuf,
    /// Whether each message has a folder.
    pub(crate) in_folders: bool,
    /// The folders so far.
    folders: Names,
    octets: u64,
}

/// A message whose parts are written.
#[derive(Debug)]
struct Folder<'a> {
    path: PathBuf,
    names: Names,
    parts: usize,
    octets: &'a mut u64,
}

/// The last number that each name was tried with.
#[derive(Debug, Default)]
struct Names(HashMap<String, u32>);

impl Extractor {
    pub(crate) fn new(root: &Path, in_folders: bool) -> Self {
        Self { root: root.into(), in_folders, folders: Names::default(), octets: 0 }
    }

    /// Writes each part, also those of messages inside, and notes where to. A message in a message
    /// is in the file of the outermost one: written again at each level, little input would make
    /// large files.
    pub(crate) fn extract(&mut self, file: &str, view: &mut View) -> io::Result<()> {
        fs::create_dir_all(&self.root)?;
        let mut path = self.root.clone();
        if self.in_folders {
            let name = Some(sanitise(file)).filter(|name| !name.is_empty()).unwrap_or_else(|| "message".into());
            (path, ()) = self.folders.create(&self.root, &name, |path| fs::create_dir(path))?;
        }
        Folder { path, names: Names::default(), parts: 0, octets: &mut self.octets }.extract(view, false)
    }
}

impl Folder<'_> {
    fn extract(&mut self, view: &mut View, is_inside: bool) -> io::Result<()> {
        if let Some(pdu) = &mut view.pdu {
            self.extract(pdu, is_inside)?;
        }
        for leaf in &mut view.leaves {
            if !(is_inside && matches!(leaf.pdu, Some(Ok(_)))) {
                let octets = leaf.octets();
                self.count(octets.len())?;
                let (path, mut file) = self.names.create(&self.path, &safe_name(leaf), create_new)?;
                file.write_all(&octets)?;
                leaf.extracted = Some(path.to_string_lossy().into_owned());
            }
            if let Some(Ok(pdu)) = &mut leaf.pdu {
                self.extract(pdu, true)?;
            }
        }
        Ok(())
    }

    fn count(&mut self, octets: usize) -> io::Result<()> {
        self.parts += 1;
        *self.octets = self.octets.saturating_add(u64::try_from(octets).unwrap_or(u64::MAX));
        if self.parts > MAX_PARTS {
            return Err(io::Error::other(format!("more than {MAX_PARTS} parts")));
        }
        if *self.octets > MAX_OCTETS {
            return Err(io::Error::other(format!("more than {MAX_OCTETS} octets")));
        }
        Ok(())
    }
}

impl Names {
    /// A new file or folder of this name, or of the first numbered name that is free. What exists is never
    /// opened, also not through a link.
    fn create<T>(
        &mut self,
        folder: &Path,
        name: &str,
        create: impl Fn(&Path) -> io::Result<T>,
    ) -> io::Result<(PathBuf, T)> {
        let (stem, extension) = split(name);
        let number = self.0.entry(name.to_owned()).or_insert(0);
        loop {
            *number += 1;
            let path = folder.join(match *number {
                1 => name.to_owned(),
                number => format!("{stem}-{number}{extension}"),
            });
            match create(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                created => return created.map(|created| (path, created)),
            }
        }
    }
}

/// A file name made of the name of the part, else of its Content-ID, else of its place.
fn safe_name(leaf: &Leaf) -> String {
    let id = leaf.part.content_id.as_deref().map(|id| id.trim_matches(['<', '>', '"']));
    let given = leaf.part.name().map(|name| sanitise(&name)).filter(|name| !name.is_empty());
    let name = given.or_else(|| id.map(sanitise).filter(|name| !name.is_empty()));
    let name = name.unwrap_or_else(|| format!("part-{}", leaf.path.replace('.', "-")));
    if name.contains('.') { name } else { format!("{name}.{}", extension(&leaf.part.content_type).unwrap_or("bin")) }
}

/// Letters, digits and a few marks of the last component of a path; nothing that hides a file,
/// looks like an option, or names a device on some system.
fn sanitise(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' };
    let safe: String = last.chars().map(safe).collect();
    let safe = safe.trim_start_matches(['.', '-', ' ']).trim_end_matches(['.', ' ']);
    let (stem, extension) = split(safe);
    let extension: String = extension.chars().take(MAX_CHARACTERS / 3).collect();
    let stem: String = stem.chars().take(MAX_CHARACTERS - extension.chars().count()).collect();
    let device = safe.split('.').next().unwrap_or_default().trim_end();
    let mark = if is_device(device) { "_" } else { "" };
    format!("{mark}{stem}{extension}").trim_end_matches(['.', ' ']).into()
}

fn is_device(name: &str) -> bool {
    let numbered = |port: &str| {
        let rest = name.get(..3).filter(|start| start.eq_ignore_ascii_case(port)).and_then(|_| name.get(3..));
        rest.is_some_and(|rest| matches!(rest.chars().collect::<Vec<_>>()[..], [c] if c.is_numeric()))
    };
    ["con", "prn", "aux", "nul"].iter().any(|device| name.eq_ignore_ascii_case(device))
        || numbered("com")
        || numbered("lpt")
}

/// A file name before its last dot, and from there on.
fn split(name: &str) -> (&str, &str) {
    name.rfind('.').map_or((name, ""), |dot| name.split_at(dot))
}
