//! `mms man` and `mms completions`: what a system wants to have of a program beside it.

use std::fs;
use std::iter;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::{Cli, Outcome, file};

/// Write the manual page of the program, or those of all commands into a folder
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mms man | man -l -
  mms man ~/.local/share/man/man1")]
pub(crate) struct ManArgs {
    /// Where mms.1, mms-inspect.1 and the others are written; without it mms.1 goes to standard output
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Write the completions of a shell to standard output
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mms completions bash > ~/.local/share/bash-completion/completions/mms")]
pub(crate) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

/// Writes the manual.
pub(crate) fn man(args: &ManArgs) -> Outcome {
    let mut command = Cli::command().disable_help_subcommand(args.folder.is_some());
    command.build();
    let page = |command: &Command| {
        let page = Man::new(command.clone());
        let mut octets = Vec::new();
        page.render(&mut octets).map(|()| (page.get_filename(), octets))
    };
    let Some(folder) = &args.folder else {
        file::write_out(&page(&command)?.1)?;
        return Ok(ExitCode::SUCCESS);
    };
    fs::create_dir_all(folder).map_err(|error| file::error_in(folder.as_os_str(), &error))?;
    for command in iter::once(&command).chain(command.get_subcommands()) {
        let (name, octets) = page(command)?;
        let path = folder.join(name);
        file::write(path.as_os_str(), &octets).map_err(|error| file::error_in(path.as_os_str(), &error))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the completions.
pub(crate) fn completions(args: &CompletionsArgs) -> Outcome {
    let mut octets = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "mms", &mut octets);
    file::write_out(&octets)?;
    Ok(ExitCode::SUCCESS)
}
