//! Splits the command lines of `$EDITOR` and `$BROWSER` into arguments, without a shell.

use std::mem;

/// The arguments of a command line, separated by white space. Quotation marks and backslashes protect it.
pub(crate) fn split(line: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    let mut argument = String::new();
    let mut begun = false;
    let mut quote = None;
    let mut chars = line.chars();
    while let Some(ch) = chars.next() {
        match ch {
            _ if quote == Some(ch) => quote = None,
            '\\' if quote != Some('\'') => argument.extend(chars.next()),
            _ if quote.is_some() => argument.push(ch),
            '"' | '\'' => quote = Some(ch),
            _ if ch.is_whitespace() => {
                if mem::take(&mut begun) {
                    arguments.push(mem::take(&mut argument));
                }
                continue;
            }
            _ => argument.push(ch),
        }
        begun = true;
    }
    if begun {
        arguments.push(argument);
    }
    arguments
}

/// The file name of a program.
pub(crate) fn program_name(program: &str) -> &str {
    program.rsplit('/').next().unwrap_or(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_separate_words_unless_they_are_quoted() {
        for (line, expected) in [
            ("", &[][..]),
            ("  ", &[]),
            ("vi", &["vi"]),
            (" code  --wait\t-g ", &["code", "--wait", "-g"]),
            ("'/opt/my editor/bin' -x", &["/opt/my editor/bin", "-x"]),
            (r#"a\ b "c \"d" 'e\' "" f"g h"i"#, &["a b", "c \"d", "e\\", "", "fg hi"]),
            ("a; rm $HOME `b`", &["a;", "rm", "$HOME", "`b`"]),
            ("'a b", &["a b"]),
        ] {
            assert_eq!(split(line), expected, "{line}");
        }
    }

    #[test]
    fn a_program_is_named_without_its_folders() {
        assert_eq!([program_name("/usr/bin/vim"), program_name("vim")], ["vim", "vim"]);
    }
}
