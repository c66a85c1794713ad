//! `mms man` and `mms completions`: what a system wants to have of a program beside it.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::CommandFactory;
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
    let mut command = Cli::command();
    command.build();
    match &args.folder {
        Some(folder) => {
            fs::create_dir_all(folder)
                .and_then(|()| clap_mangen::generate_to(command, folder))
                .map_err(|error| file::error_in(folder.as_os_str(), &error))?;
        }
        None => {
            let mut octets = Vec::new();
            Man::new(command).render(&mut octets)?;
            file::write_out(&octets)?;
        }
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
