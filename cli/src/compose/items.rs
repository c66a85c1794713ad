//! The contents of a message on the command line, whose order counts.

use std::ffi::OsString;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, FromArgMatches, value_parser};

/// What a slide is made of, or what becomes of those that follow.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    File(OsString),
    Text(String),
    Slide,
    Seconds(Duration),
}

/// The items, in the order of the command line.
#[derive(Debug)]
pub(crate) struct Items(Vec<(usize, Item)>);

impl Items {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Item> {
        self.0.iter().map(|(_, item)| item)
    }

    fn add<T: Clone + Send + Sync + 'static>(&mut self, matches: &ArgMatches, id: &str, item: impl Fn(T) -> Item) {
        let indices = matches.indices_of(id).into_iter().flatten();
        let values = matches.get_many::<T>(id).into_iter().flatten();
        self.0.extend(indices.zip(values.cloned().map(item)));
    }
}

impl clap::Args for Items {
    fn augment_args(command: Command) -> Command {
        let option = |id: &'static str| Arg::new(id).long(id).action(ArgAction::Append);
        command
            .arg(
                Arg::new("files")
                    .value_name("FILE")
                    .num_args(0..)
                    .action(ArgAction::Append)
                    .value_parser(value_parser!(OsString))
                    .help("A file for a slide, or an attachment"),
            )
            .arg(option("text").value_name("TEXT").help("A text, in place of a FILE"))
            // Only options with values have a place on the command line.
            .arg(
                option("slide")
                    .num_args(0)
                    .value_parser(value_parser!(bool))
                    .default_missing_value("true")
                    .help("What follows goes into a new slide"),
            )
            .arg(
                option("seconds")
                    .value_name("NUMBER")
                    .value_parser(seconds)
                    .help("How long the slides that begin after this are shown (5)"),
            )
            .group(ArgGroup::new("contents").args(["files", "text"]).multiple(true).required(true))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Items {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut items = Self(Vec::new());
        items.add(matches, "files", Item::File);
        items.add(matches, "text", Item::Text);
        items.add(matches, "slide", |_: bool| Item::Slide);
        items.add(matches, "seconds", Item::Seconds);
        items.0.sort_by_key(|(index, _)| *index);
        Ok(items)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number")?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}
