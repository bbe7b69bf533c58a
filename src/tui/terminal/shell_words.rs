//! Splits the command lines of `$EDITOR` and `$BROWSER` into arguments, without a shell.

use std::mem;

/// The arguments of a command line, separated by white space. Quotation marks and backslashes protect it.
pub(crate) fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut begun = false;
    let mut mark = None;
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        match sign {
            _ if mark == Some(sign) => mark = None,
            '\\' if mark != Some('\'') => word.extend(signs.next()),
            _ if mark.is_some() => word.push(sign),
            '"' | '\'' => mark = Some(sign),
            _ if sign.is_whitespace() => {
                if mem::take(&mut begun) {
                    words.push(mem::take(&mut word));
                }
                continue;
            }
            _ => word.push(sign),
        }
        begun = true;
    }
    if begun {
        words.push(word);
    }
    words
}

/// The file name of a program.
pub(crate) fn program_name(program: &str) -> &str {
    program.rsplit('/').next().unwrap_or(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_part_words_unless_they_are_quoted() {
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
    fn a_program_is_called_by_its_last_name() {
        assert_eq!([program_name("/usr/bin/vim"), program_name("vim")], ["vim", "vim"]);
    }
}
