//! Text that is generated from the clap command: completions, manual page, usage errors.

use std::io;

use clap::error::ErrorKind;
use clap::{Command, CommandFactory, Error};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::cli::Cli;

/// Returns the completion script for a shell.
pub(crate) fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "pullquote", &mut script);
    script
}

/// Returns the manual page in roff, with a section for each subcommand.
pub(crate) fn man_page() -> io::Result<Vec<u8>> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for subcommand in subcommands(&command) {
        render_subcommand(subcommand, &mut page)?;
    }
    man.render_extra_section(&mut page)?;
    man.render_version_section(&mut page)?;
    Ok(page)
}

/// Appends the synopsis, description and options of a subcommand, as subsections under its name.
fn render_subcommand(command: &Command, page: &mut Vec<u8>) -> io::Result<()> {
    let mut sections = Vec::new();
    let man = Man::new(command.clone());
    man.render_synopsis_section(&mut sections)?;
    man.render_description_section(&mut sections)?;
    if command.get_arguments().next().is_some() {
        man.render_options_section(&mut sections)?;
    }
    let name = command.get_bin_name().unwrap_or(command.get_name());
    page.extend_from_slice(format!(".SH \"{}\"\n", name.to_uppercase()).as_bytes());
    page.extend_from_slice(String::from_utf8_lossy(&sections).replace(".SH ", ".SS ").as_bytes());
    subcommands(command).try_for_each(|it| render_subcommand(it, page))
}

/// Returns the names of the subcommands of `pullquote`.
pub(crate) fn subcommand_names() -> Vec<String> {
    subcommands(&Cli::command()).map(|it| it.get_name().to_string()).collect()
}

/// Returns the subcommands without clap's own `help`.
fn subcommands(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|it| it.get_name() != "help")
}

/// Whether clap's "error" is the help or the version that the user asked for.
pub(crate) fn is_help_or_version(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion)
}

/// Describes a usage error on one line, with what to do about it.
pub(crate) fn usage_error(error: &Error) -> String {
    // Only `shelf` needs a subcommand.
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let command = Cli::command();
        let shelf = command.find_subcommand("shelf").into_iter().flat_map(subcommands);
        let names: Vec<&str> = shelf.map(Command::get_name).collect();
        let names = names.split_last().map(|(last, rest)| format!("{} or {last}", rest.join(", ")));
        return format!("Missing subcommand: {}", names.unwrap_or_default());
    }
    let rendered = error.render().to_string();
    let lines = rendered.lines().take_while(|it| !it.starts_with("Usage:") && !it.starts_with("For more"));
    let mut message = String::new();
    for line in lines.map(str::trim).filter(|it| !it.is_empty()) {
        let line = line.trim_start_matches("error: ").trim_start_matches("tip: ");
        if !message.is_empty() {
            message.push_str(if message.ends_with(':') || line.starts_with('[') { " " } else { "; " });
        }
        message.push_str(line);
    }
    message + "; see `pullquote --help`"
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[test]
    fn a_mistake_is_one_line_that_says_what_to_do() {
        for (arguments, start) in [
            (
                &["--thme", "dark"][..],
                "unexpected argument '--thme' found; a similar argument exists: '--theme'",
            ),
            (
                &["--keys", "vi"],
                "invalid value 'vi' for '--keys <PRESET>' [possible values: default, vim, less, emacs]",
            ),
            (&["completions"], "the following required arguments were not provided: <SHELL>"),
            (&["config", "--print", "--path"], "the argument '--print' cannot be used with '--path'"),
        ] {
            let error = Cli::try_parse_from([&["pullquote"], arguments].concat()).unwrap_err();
            let message = usage_error(&error);
            assert!(message.starts_with(start) && !message.contains('\n'), "{message}");
            assert!(message.ends_with("; see `pullquote --help`"), "{message}");
        }
        let error = Cli::try_parse_from(["pullquote", "shelf"]).unwrap_err();
        assert_eq!(usage_error(&error), "Missing subcommand: list, export, check or forget");
    }
}
