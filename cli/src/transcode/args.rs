//! The command line.

use std::ffi::OsString;

use clap::ValueEnum;
use mms_codec::Options;
use mms_codec::message::{Address, Str};

/// An interface to write for
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum To {
    Mm1,
    Mm4,
    Mm7,
}

/// Convert a message or report to another interface, and list what is not carried
///
/// What is not carried is reported on standard error, one line each.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mms transcode --to mm7 --vasp-id acme-media forward.eml deliver.http
  mms transcode --to mm1 --notification submit.http notification.mms")]
pub(crate) struct Args {
    /// What `mms inspect` reads; - is standard input
    #[arg(value_name = "IN")]
    pub(crate) input: OsString,
    /// The file to write; - is standard output. MM7 is written as an HTTP request
    #[arg(value_name = "OUT")]
    pub(crate) output: OsString,
    /// The interface to write for
    #[arg(long, value_name = "NAME")]
    pub(crate) to: To,
    /// For mm1, the notification in place of the message
    #[arg(long)]
    pub(crate) notification: bool,
    /// Refuse what the specification does not allow, instead of forgiving it
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten, next_help_heading = "What only a relay knows")]
    pub(crate) relay: Relay,
}

/// Facts that the message does not have.
#[derive(Debug, clap::Args)]
pub(crate) struct Relay {
    /// Who sent it, or whom a report is about, if it does not say so
    #[arg(long, value_name = "WHO")]
    pub(crate) from: Option<Address>,
    /// Who is shown in place of a sender who hides
    #[arg(long, value_name = "WHO")]
    pub(crate) alias: Option<Address>,
    /// Who gets it, if it names nobody; may be repeated
    #[arg(long = "recipient", value_name = "WHO")]
    pub(crate) recipients: Vec<Address>,
    /// The message that an m-forward-req forwards
    #[arg(long, value_name = "FILE")]
    pub(crate) stored: Option<OsString>,
    /// The identifier of the message, else its present one or 1
    #[arg(long)]
    pub(crate) id: Option<Str>,
    /// The identifier of the transaction
    #[arg(long, value_name = "ID", default_value = "T1")]
    pub(crate) transaction: Str,
    /// When it arrived, in seconds since 1970, else its date or 0
    #[arg(long, value_name = "SECONDS")]
    pub(crate) time: Option<i64>,
    /// The domain of this relay on mm4
    #[arg(long, value_name = "NAME", default_value = "mms.example.net")]
    pub(crate) domain: Str,
    /// The domain of the peer on mm4
    #[arg(long, value_name = "NAME", default_value = "mms.example.org")]
    pub(crate) peer_domain: Str,
    /// Where the phone finds the message, else http://DOMAIN/ID
    #[arg(long)]
    pub(crate) url: Option<Str>,
    /// How many seconds it is kept there
    #[arg(long, value_name = "SECONDS", default_value_t = 604_800)]
    pub(crate) keep: u64,
    /// For mm7, the service provider
    #[arg(long, value_name = "ID")]
    pub(crate) vasp_id: Option<Str>,
    /// For mm7, the service
    #[arg(long, value_name = "ID")]
    pub(crate) vas_id: Option<Str>,
    /// For mm7, the relay/server
    #[arg(long, value_name = "ID")]
    pub(crate) relay_id: Option<Str>,
    /// For mm7, the message that this one answers
    #[arg(long, value_name = "ID")]
    pub(crate) linked_id: Option<Str>,
    /// The release of mm7
    #[arg(long, default_value = "6", value_parser = ["5", "6"])]
    pub(crate) release: String,
}

impl Args {
    pub(crate) const fn options(&self) -> Options {
        if self.strict { Options::strict() } else { Options::lenient() }
    }
}
