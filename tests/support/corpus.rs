//! The messages that nobody here wrote, and how a test says what it compared or left out.

use std::io::Write as _;
use std::path::PathBuf;

/// Says something in tests that pass, too: what `println` and `eprintln` write is kept from them.
pub(crate) fn say(what: &str) {
    assert!(std::io::stderr().write_all(format!("{what}\n").as_bytes()).is_ok());
}

/// The folder of the corpus, or `None` after saying aloud that there is none.
pub(crate) fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("MMS_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        say("MMS_CORPUS is not set: corpus test not run");
    }
    folder
}
