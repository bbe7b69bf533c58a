//! Tests of the settings folder, of `pullquote config`, and of the completions and the manual page.

use std::fs;
use std::path::PathBuf;

/// The output of the program.
struct Output {
    out: String,
    err: String,
    code: i32,
}

/// Creates a settings folder with these files; returns its path.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("settings").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("themes")).unwrap();
    for (file, words) in files {
        fs::write(folder.join(file), words).unwrap();
    }
    folder
}

fn pullquote(folder: &PathBuf, arguments: &[&str]) -> Output {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_pullquote"));
    let done = command.args(arguments).env("PULLQUOTE_CONFIG", folder).output().unwrap();
    Output {
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
        code: done.status.code().expect("it ends by itself"),
    }
}

#[test]
fn what_is_printed_can_be_put_into_the_folder_and_is_printed_again() {
    let night = "base = \"dark\"\nperson = { fg = \"#ff8800\" }\n";
    let own = [
        ("config.toml", "theme = \"night\"\nwidth = 72\nkeys = \"emacs\"\nmouse = false\n"),
        ("keys.toml", "[story]\ncopy = [\"r c\"]\n[main]\n\"\" = [\"y\"]\n"),
        ("themes/night.toml", night),
    ];
    for (name, files) in [("nothing-set", &own[..0]), ("much-set", &own)] {
        let first = folder(name, files);
        let printed = |folder, option| {
            let done = pullquote(folder, &["config", option]);
            assert_eq!((done.code, done.err.as_str()), (0, ""), "{name} {option}");
            done.out
        };
        let [config, keys, theme] =
            ["--print", "--print-keys", "--print-theme"].map(|it| printed(&first, it));
        let mut files = vec![("config.toml", config.as_str()), ("keys.toml", &keys)];
        if name == "much-set" {
            assert!(config.contains("width = 72") && keys.contains("copy = [\"r c\"]"), "{config}{keys}");
            assert_eq!(theme, night);
            files.push(("themes/night.toml", &theme));
        }
        let second = folder(&format!("{name}-again"), &files);
        for (option, words) in [("--print", &config), ("--print-keys", &keys), ("--print-theme", &theme)] {
            assert_eq!(&printed(&second, option), words, "{name} {option}");
        }
    }
}

#[test]
fn the_theme_may_be_left_to_the_terminal_and_the_column_is_set_like_the_rest() {
    let words = "theme = \"auto\"\ncenter = false\ngap = 0\njustify = true\nhyphenate = true\n";
    let folder = folder("column", &[("config.toml", words)]);
    let printed = pullquote(&folder, &["config", "--print"]);
    assert_eq!((printed.code, printed.err.as_str()), (0, ""));
    for line in words.lines() {
        assert!(printed.out.lines().any(|it| it == line), "{line}: {}", printed.out);
    }
    let theme = pullquote(&folder, &["config", "--print-theme"]);
    assert_eq!((theme.code, theme.err.as_str()), (0, ""));
    assert!(theme.out.starts_with("# Light on dark."), "{}", theme.out);
}

#[test]
fn keys_of_every_preset_and_every_theme_are_printed() {
    let folder = folder("presets", &[]);
    for (option, words) in [
        ("--print-keys=default", "forward = [\"j\""),
        ("--print-keys=vim", "forward = [\"j\""),
        ("--print-keys=less", "to-start = [\"g\""),
        ("--print-keys=emacs", "forward = [\"ctrl-n\""),
        ("--print-theme=dark", "person = "),
        ("--print-theme=monochrome", "person = "),
    ] {
        let done = pullquote(&folder, &["config", option]);
        assert!(done.code == 0 && done.out.contains(words), "{option}: {}{}", done.out, done.err);
    }
    let unknown = pullquote(&folder, &["config", "--print-theme=neon"]);
    assert!(unknown.err.contains("Unknown theme `neon`; choose one of terminal, dark"), "{}", unknown.err);
    assert_eq!((unknown.code, unknown.err.lines().count()), (2, 1));
}

#[test]
fn the_folder_is_that_of_the_option_then_of_the_variable_then_the_usual_one() {
    let (one, other) = (folder("one", &[]), folder("other", &[]));
    let path = pullquote(&one, &["config", "--path"]);
    assert_eq!(path.out.trim(), one.display().to_string());
    let path = pullquote(&one, &["config", "--path", "--config", other.to_str().unwrap()]);
    assert_eq!(path.out.trim(), other.display().to_string());
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_pullquote"));
    let done = command
        .args(["config", "--path"])
        .env_remove("PULLQUOTE_CONFIG")
        .env("XDG_CONFIG_HOME", &one)
        .output();
    let usual = String::from_utf8(done.unwrap().stdout).unwrap();
    assert_eq!(usual.trim(), one.join("pullquote").display().to_string());
}

#[test]
fn what_is_wrong_is_one_line_with_the_file_and_the_line() {
    for (name, file, words, what) in [
        (
            "a",
            "config.toml",
            "\nthem = \"dark\"",
            "config.toml: line 2: Unknown setting `them`; did you mean `theme`?",
        ),
        ("b", "config.toml", "theme = \"drak\"", "line 1: Unknown theme `drak`; did you mean `dark`?"),
        ("c", "config.toml", "theme = \"dark", "config.toml: line 1: "),
        (
            "d",
            "keys.toml",
            "[story]\ncopi = \"x\"",
            "keys.toml: line 2: Unknown command `copi`; did you mean `copy`?",
        ),
        (
            "e",
            "keys.toml",
            "[story]\ncopy = \"crtl-x\"",
            "line 2: Unknown key `crtl-x`; did you mean `ctrl-x`?",
        ),
        (
            "f",
            "themes/my.toml",
            "persn = {}",
            "my.toml: line 1: Unknown theme element `persn`; did you mean `person`?",
        ),
        ("g", "config.toml", "width = 1_000", "line 1: `width` must be a number from 30 to 120"),
    ] {
        let done = pullquote(&folder(name, &[(file, words)]), &["config"]);
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{words}");
        assert!(done.err.starts_with("pullquote: ") && done.err.contains(what), "{}", done.err);
        assert_eq!(done.err.lines().count(), 1, "{}", done.err);
    }
    let nowhere = pullquote(&PathBuf::from("/no/such/folder"), &["config"]);
    assert_eq!((nowhere.code, nowhere.err.contains("No such settings folder")), (2, true));
}

#[test]
fn a_wrong_setting_does_not_stop_what_needs_none() {
    let folder = folder("wrong", &[("config.toml", "nonsense")]);
    let path = pullquote(&folder, &["config", "--path"]);
    assert_eq!((path.code, path.out), (0, format!("{}\n", folder.display())));
    let done = pullquote(&folder, &["assets/stories/library-bus.txt"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
}

/// Returns all long options in the help of a command.
fn options(command: &[&str]) -> Vec<String> {
    let help = pullquote(&folder("help", &[]), &[command, &["--help"]].concat()).out;
    let words = help.split(|it: char| it.is_whitespace() || "[]=<,`".contains(it));
    let mut options: Vec<String> = words.filter(|it| it.starts_with("--")).map(ToString::to_string).collect();
    options.sort();
    options.dedup();
    options
}

#[test]
fn completions_and_the_manual_name_every_option_and_every_command() {
    let folder = folder("manual", &[]);
    let manual = pullquote(&folder, &["man"]);
    assert_eq!((manual.code, manual.err.as_str()), (0, ""));
    assert!(manual.out.contains(".TH pullquote 1"));
    let manual = manual.out.replace('\\', "");
    let mut pages = vec![("man", manual)];
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let done = pullquote(&folder, &["completions", shell]);
        assert_eq!((done.code, done.err.as_str()), (0, ""), "{shell}");
        pages.push((shell, done.out));
    }
    for (page, words) in &pages {
        for command in [&[][..], &["extract"], &["config"]] {
            let options = options(command);
            assert!(options.len() > 3, "{options:?}");
            for option in options.iter().map(|it| if *page == "fish" { &it[2..] } else { it.as_str() }) {
                assert!(words.contains(option), "{page} does not name {option} of {command:?}");
            }
        }
        for command in ["extract", "schema", "config", "completions", "man"] {
            assert!(words.contains(command), "{page} does not name {command}");
        }
    }
}
