//! The database `mmssms.db`: tables `pdu`, `addr` and `part`; the octets of parts are in files.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::{Columns, Stored};
use crate::complain;

const MAGIC: &[u8] = b"SQLite format 3\0";

/// The longest part that is read.
const MAX_PART: u64 = 64 << 20;

pub(super) fn detect(octets: &[u8]) -> bool {
    octets.starts_with(MAGIC)
}

/// The messages of a database. Parts are looked for in the folder of the database, and in `app_parts` in it or beside it.
pub(super) fn messages(file: &Path, octets: &[u8]) -> Result<Vec<Stored>, String> {
    read(file, octets).map_err(|error| error.to_string())
}

fn read(file: &Path, octets: &[u8]) -> rusqlite::Result<Vec<Stored>> {
    let mut octets = octets.to_vec();
    // What was written last may be in the log only.
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    if let Ok(log) = fs::read(&log) {
        super::log::apply(&log, &mut octets);
    }
    // A database in memory has no log beside it.
    octets.get_mut(18..20).into_iter().for_each(|versions| versions.fill(1));
    let mut database = Connection::open_in_memory()?;
    database.deserialize_read_exact("main", &*octets, octets.len(), true)?;
    database.pragma_update(None, "trusted_schema", false)?;
    database.pragma_update(None, "cell_size_check", true)?;
    let mut messages: Vec<Stored> = rows(&database, "SELECT * FROM pdu ORDER BY _id")?
        .into_iter()
        .map(|columns| Stored { place: columns.text("_id").unwrap_or_default().into(), columns, ..Stored::default() })
        .collect();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (at, message) in messages.iter().enumerate() {
        places.insert(message.place.clone(), at);
    }
    let of = |columns: &Columns, key: &str| places.get(columns.text(key)?).copied();
    for columns in rows(&database, "SELECT * FROM addr ORDER BY _id")? {
        let address = columns.text("address").map(ToOwned::to_owned);
        if let Some(message) = of(&columns, "msg_id").and_then(|at| messages.get_mut(at)) {
            message.addresses.extend(columns.number("type").zip(address));
        }
    }
    for columns in rows(&database, "SELECT * FROM part ORDER BY _id")? {
        if let Some(message) = of(&columns, "mid").and_then(|at| messages.get_mut(at)) {
            let data = columns.text("_data");
            let octets = data.and_then(|data| content(file, data));
            if let (Some(data), None) = (data, &octets) {
                let part = columns.text("_id").unwrap_or_default();
                complain(format_args!("{}:{}: part {part}: there is no file {data}", file.display(), message.place));
            }
            let octets = octets.unwrap_or_default();
            message.parts.push((columns, octets));
        }
    }
    Ok(messages)
}

fn rows(database: &Connection, query: &str) -> rusqlite::Result<Vec<Columns>> {
    let mut statement = database.prepare(query)?;
    let names: Vec<String> = statement.column_names().map(Into::into).collect();
    let columns = |row: &Row<'_>| {
        let values = names.iter().enumerate().map(|(at, name)| Ok((name.clone(), text(row.get_ref(at)?))));
        let values: rusqlite::Result<Vec<_>> = values.collect();
        Ok(Columns(values?.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()))
    };
    statement.query_map([], columns)?.collect()
}

fn text(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(text) | ValueRef::Blob(text) => Some(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Null => None,
    }
}

/// The octets of a part, by the last component of the path on the phone: a database names no other files here.
fn content(database: &Path, data: &str) -> Option<Vec<u8>> {
    let name = data.rsplit(['/', '\\']).next().filter(|name| !matches!(*name, "" | "." | ".."))?;
    let folder = database.parent()?;
    let places = [folder.join("app_parts"), folder.join("../app_parts"), folder.to_path_buf()];
    let found = places.iter().map(|place| place.join(name)).find(|path| {
        // No link is followed.
        fs::symlink_metadata(path).is_ok_and(|file| file.is_file() && file.len() <= MAX_PART)
    });
    fs::read(found?).ok()
}
