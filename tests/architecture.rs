//! Architecture test: imports, layers, sizes and names of the source, held against the tables below.
//!
//! 1. [`IMPORTS`] lists for each module the modules and the foreign crates that it may use.
//! 2. [`LAYERS`] orders the files of a module. A file may use those of the layers before its own, and call no method
//!    whose only definition stands in a layer after its own.
//! 3. [`MAX_FILE_LINES`] and [`MAX_FUNCTION_LINES`] limit sizes; a type name has one definition.
//!
//! 4. [`MAX_PACKAGE_BYTES`] limits the package.
//!
//! The source is parsed with `syn`, without its tests.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{fs, iter};

use flate2::Compression;
use flate2::write::GzEncoder;
use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, ImplItem, Item, UseTree};

/// The modules, each with the modules that it may import and the foreign crates that it may use.
const IMPORTS: &[(&str, &str, &str)] = &[
    ("span", "", ""),
    ("text_safety", "", "unicode_normalization"),
    ("word_list", "", ""),
    ("story", "span text_safety", ""),
    ("speaker_numbers", "", ""),
    ("analysis", "span speaker_numbers text_safety", ""),
    ("correction", "analysis span text_safety", ""),
    ("selection", "analysis span", "unicode_normalization"),
    (
        "load",
        "story span text_safety word_list",
        "bzip2 chardetng dom_query dom_smoothie encoding_rs feed_rs flate2 hayro_cmap hayro_syntax html5ever lzma_rust2 mail_parser memchr plist \
         pulldown_cmark \
         quick_xml ruzstd serde_json url zip",
    ),
    (
        "engine",
        "story analysis span word_list",
        "compact_str foldhash rayon rten_gemm rten_simd rten_tensor rten_vecmath smallvec strsim unicode_normalization \
         unicode_segmentation",
    ),
    (
        "export",
        "story analysis span speaker_numbers text_safety",
        "csv serde serde_json unicode_segmentation",
    ),
    (
        "lib",
        "span text_safety word_list speaker_numbers story analysis correction selection load engine export",
        "",
    ),
    ("diagnostic", "", ""),
    ("text", "text_safety", ""),
    ("storage", "correction story span text", ""),
    (
        "shelf",
        "story analysis correction storage span text text_safety",
        "blake3 etcetera flate2 rusqlite serde serde_json",
    ),
    ("config", "diagnostic", "etcetera strsim toml"),
    ("cli", "config", "clap clap_complete clap_mangen"),
    ("input", "load story", "brotli_decompressor flate2 serde serde_json ureq"),
    ("parallel", "", ""),
    (
        "tui",
        "story analysis correction export storage span speaker_numbers text_safety config diagnostic text parallel",
        "crossterm hypher memchr ratatui regex rustix serde signal_hook supports_hyperlinks terminal_colorsaurus textwrap toml tui_input \
         unicode_normalization unicode_segmentation unicode_width",
    ),
    (
        "subcommand",
        "story analysis correction selection text_safety load engine export tui cli config diagnostic input storage parallel shelf text",
        "crossterm rustix signal_hook",
    ),
    ("main", "cli export subcommand", "clap"),
];

/// The layers of a module, the lowest first. Files and folders of one layer do not import each other.
/// The files of a module that is not listed may import each other.
const LAYERS: &[(&str, &[&str])] = &[
    ("load", &["text builder error", "bytes structure", "format", "story_parts"]),
    (
        "engine",
        &["text", "tagger", "entities", "attribution", "quotes", "speakers", "coreference", "unlikely"],
    ),
    (
        "tui",
        &[
            "text input style",
            "layout options terminal",
            "open_story",
            "app",
            "commands view",
            "panels",
            "update",
            "line_mode event_loop",
        ],
    ),
    (
        "shelf",
        &[
            "anchor dates fingerprint kept_text paths pending schema",
            "record salvage story_marker",
            "database",
            "queries",
            "archive check history",
            "report",
            "unsaved",
            "worker",
        ],
    ),
];

/// Modules whose files are the stages of a pipeline, with those of their files that are none. A stage may use the types
/// of another stage; only the module itself calls its functions.
const STAGES: &[(&str, &str)] = &[("engine", "text")];

/// The longest source file, in lines, without its tests.
const MAX_FILE_LINES: usize = 450;

/// The longest function, in lines, from its signature to its closing brace.
const MAX_FUNCTION_LINES: usize = 70;

/// The largest package, in bytes: what the registry takes, 10 MiB, less some room.
const MAX_PACKAGE_BYTES: usize = (10 << 20) - (256 << 10);

#[test]
fn every_module_keeps_to_its_imports_and_layers() {
    assert_none(sources().iter().flat_map(import_faults));
}

#[test]
fn the_table_in_the_documentation_is_this_table() {
    let list = |names: &str| {
        let names: Vec<String> =
            names.split(' ').filter(|it| !it.is_empty()).map(|it| format!("`{it}`")).collect();
        if names.is_empty() { "–".to_owned() } else { names.join(", ") }
    };
    let expected: Vec<String> = IMPORTS
        .iter()
        .map(|(module, imports, _)| format!("//! | `{module}` | {} |", list(imports)))
        .collect();
    let documentation = read(&root().join("src/lib.rs"));
    let rows = documentation
        .lines()
        .skip_while(|it| *it != "//! # Imports")
        .take_while(|it| *it != "//! # Invariants");
    let rows: Vec<&str> = rows.filter(|it| it.starts_with("//! | `")).collect();
    assert_eq!(rows, expected);
}

#[test]
fn no_file_calls_a_method_that_only_a_higher_layer_defines() {
    assert_none(method_faults(&sources()));
}

#[test]
fn a_forbidden_import_is_found() {
    for (file, code, fault) in [
        ("load/format/html.rs", "use crate::engine::Engine;", "load imports engine"),
        (
            "load/format/html.rs",
            "use crate::{span::Span, analysis::{self, Entity}};",
            "load imports analysis",
        ),
        ("load.rs", "fn f() { super::export::words() }", "load imports export"),
        ("load.rs", "fn f() { println!(\"{}\", crate::export::words()) }", "load imports export"),
        ("span.rs", "fn f(it: &crate::story::Story) {}", "span imports story"),
        ("export/csv.rs", "use super::super::load::text;", "export imports load"),
        ("tui/app.rs", "use pullquote::engine::Engine;", "tui imports engine"),
        ("cli.rs", "use crate::tui::Options;", "cli imports tui"),
        ("story.rs", "use serde::Serialize;", "story uses the crate serde"),
        ("story.rs", "#[derive(serde::Serialize)]\nstruct A;", "story uses the crate serde"),
        ("load.rs", "fn f() { ratatui::init(); }", "load uses the crate ratatui"),
        ("load/text/compare.rs", "use crate::load::format::html;", "text stands below format"),
        ("load/bytes/sniff.rs", "use super::super::structure::byline;", "bytes stands below structure"),
        ("tui/app.rs", "use super::view::RootView;", "app stands below view"),
        ("tui/layout/page.rs", "use crate::tui::panels::help_page::HelpPage;", "layout stands below panels"),
        ("tui/view/page.rs", "use super::super::read;", "view imports from tui.rs"),
        ("shelf/database.rs", "use super::{dates, worker};", "database stands below worker"),
        ("engine/quotes.rs", "use super::entities;", "quotes calls entities"),
        ("engine/quotes.rs", "use super::entities::find;", "quotes calls entities::find"),
        ("engine/entities/candidates.rs", "use super::super::quotes::Draft;", "entities stands below quotes"),
        (
            "engine/quotes.rs",
            "fn f() { super::entities::Names::found(); }",
            "quotes calls entities::Names::found",
        ),
        ("attic.rs", "", "attic is not in the table"),
    ] {
        let faults = import_faults(&Source::parse(file, code));
        assert!(faults.iter().any(|it| it.contains(fault)), "{code}: {faults:?}");
    }
}

#[test]
fn an_allowed_import_is_let_through() {
    for (file, code) in [
        ("load/format/html.rs", "// crate::engine::Engine\nuse crate::story::{Block, Story};"),
        ("load.rs", "const A: &str = \"crate::engine\"; fn f<'a>(it: &'a str) -> char { '\"' }"),
        ("load.rs", "/// [`Engine`](crate::engine::Engine)\n/* crate::engine::Engine */ fn f() {}"),
        ("load.rs", "#[cfg(test)]\nmod tests { use crate::engine::Engine; }"),
        ("tui/view/page.rs", "use super::RootView; use super::super::app::App;"),
        ("shelf/worker.rs", "use crate::shelf::database::{self, Database};"),
        (
            "engine/quotes.rs",
            "use super::text::sentences; use super::entities::Names; fn f(names: &Names) { names.first(); self::g::h(); }",
        ),
        ("export/csv.rs", "fn f() { let sheet = csv::Writer::from_writer(std::io::stdout()); }"),
    ] {
        assert_eq!(import_faults(&Source::parse(file, code)), [""; 0], "{code}");
    }
}

#[test]
fn a_method_call_up_the_layers_is_found() {
    for (module, low, high) in [
        ("load", "builder", "format"),
        ("engine", "text", "quotes"),
        ("tui", "app", "commands"),
        ("shelf", "database", "queries"),
    ] {
        let call = "pub struct Low; impl Low { fn run(&self) { assert!(self.apply()); } }";
        let extension = format!("use super::{low}::Low; impl Low {{ fn apply(&self) -> bool {{ true }} }}");
        let low = Source::parse(&format!("{module}/{low}.rs"), call);
        let high = Source::parse(&format!("{module}/{high}.rs"), &extension);
        let faults = method_faults(&[low, high]);
        assert!(faults.len() == 1 && faults[0].contains("calls apply"), "{module}: {faults:?}");
    }
    let own = "struct Own; impl Own { fn apply(&self) {} } fn f(own: &Own) { own.apply() }";
    let sources = [Source::parse("tui/app.rs", own), Source::parse("tui/commands.rs", own)];
    assert_eq!(method_faults(&sources), [""; 0]);
}

#[test]
fn every_dependency_has_a_module_that_may_use_it() {
    let manifest = read(&root().join("Cargo.toml"));
    let rows = manifest.lines().skip_while(|it| *it != "[dependencies]").skip(1);
    let names = rows.take_while(|it| !it.starts_with('[')).filter_map(|it| it.split_once(" = "));
    for (name, _) in names {
        let name = name.replace('-', "_");
        let used = IMPORTS.iter().any(|it| it.2.split_whitespace().any(|it| it == name));
        assert!(used, "{name} is in Cargo.toml, but no module may use it");
    }
}

#[test]
fn every_file_opens_with_a_sentence() {
    for path in files(&root().join("src"), "rs") {
        let text = read(&path);
        let opening = text.lines().map_while(|it| it.strip_prefix("//! ")).collect::<Vec<_>>().join(" ");
        let sentence = opening.starts_with(|ch: char| ch.is_uppercase() || ch == '`')
            && opening.ends_with(['.', ':', ')', '`']);
        assert!(sentence, "{} does not say what it is: {opening}", path.display());
    }
}

#[test]
fn no_file_and_no_function_is_too_long() {
    let mut faults = Vec::new();
    for source in sources() {
        if source.lines > MAX_FILE_LINES {
            faults.push(format!("{}: {} lines", source.file, source.lines));
        }
        let long = source.functions().into_iter().filter(|it| it.1 > MAX_FUNCTION_LINES);
        faults.extend(long.map(|(name, lines)| format!("{}: fn {name}: {lines} lines", source.file)));
    }
    assert_none(faults);
}

/// The files that name a function, as its last step of a path of several.
fn files_that_use(function: &str) -> Vec<String> {
    let uses = |it: &Source| it.paths().iter().any(|path| path.last().is_some_and(|it| it == function));
    sources().iter().filter(|it| uses(it)).map(|it| it.file.clone()).collect()
}

#[test]
fn whole_texts_are_made_safe_and_not_their_characters_one_by_one() {
    // A character alone does not tell whether a joiner joins anything, or how many marks stand on a letter.
    let files = files_that_use("is_unsafe");
    assert_eq!(files, ["load/text/sanitize.rs", "shelf/report.rs", "text.rs"]);
}

#[test]
fn every_thread_that_reads_stories_has_a_stack_of_a_known_size() {
    let parallel = read(&root().join("src/parallel.rs"));
    assert!(parallel.contains(".stack_size(STACK_BYTES)"));
    // These threads only pass bytes on.
    let files = files_that_use("spawn").into_iter().filter(|file| {
        let source = read(&root().join("src").join(file));
        source.split("mod tests {").next().is_some_and(|it| it.contains("thread::spawn("))
    });
    assert_eq!(files.collect::<Vec<_>>(), ["subcommand/read_pdf.rs"]);
}

#[test]
fn the_package_fits_into_a_registry() {
    let manifest = read(&root().join("Cargo.toml"));
    let (_, list) = manifest.split_once("include = [").expect("a list of what is packed");
    let (list, _) = list.split_once(']').expect("the list ends");
    let patterns: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    assert!(patterns.contains(&"/src") && patterns.contains(&"/assets"));
    let named = patterns.iter().filter_map(|it| it.strip_prefix('/')).chain(["Cargo.lock", "Cargo.toml"]);
    let size: usize = named
        .map(|path| match path.rsplit_once("/*") {
            Some((folder, _)) => packed_size(&root().join(folder)),
            None => packed_size(&root().join(path)),
        })
        .sum();
    assert!(size < MAX_PACKAGE_BYTES, "{size} bytes");
}

/// The lines of the list at the head of THIRD-PARTY.txt: name, version and licence.
fn notices() -> Vec<(String, String, String)> {
    let text = read(&root().join("THIRD-PARTY.txt"));
    let (_, rest) = text.split_once("\n\n").expect("a list");
    let (list, _) = rest.split_once("\n\n").expect("texts after the list");
    let notice = |line: &str| {
        let (package, rest) = line.split_once(": ").unwrap_or_else(|| panic!("{line}"));
        let (name, version) = package.split_once(' ').unwrap_or_else(|| panic!("{line}"));
        (name.into(), version.into(), rest.split("  ").next().unwrap_or_default().into())
    };
    list.lines().map(notice).collect()
}

#[test]
fn the_notices_are_of_the_crates_that_are_locked() {
    let lock = read(&root().join("Cargo.lock"));
    let notices = notices();
    let gone = notices.iter().filter(|(name, version, _)| {
        !lock.contains(&format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n"))
    });
    assert_none(gone.map(|it| format!("{} {} is not locked; run `just notices`", it.0, it.1)));
    let manifest = read(&root().join("Cargo.toml"));
    let rows = manifest.lines().skip_while(|it| *it != "[dependencies]").skip(1);
    let names = rows.take_while(|it| !it.starts_with('[')).filter_map(|it| it.split_once(" = "));
    let missing = names.filter(|(name, _)| !notices.iter().any(|it| it.0 == *name));
    assert_none(missing.map(|(name, _)| format!("{name} has no notice; run `just notices`")));
}

#[test]
fn the_licences_of_all_that_is_built_in_are_allowed() {
    let rules = read(&root().join("deny.toml"));
    let (_, list) = rules.split_once("allow = [").expect("a list");
    let (list, _) = list.split_once(']').expect("its end");
    let allowed: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    // "(MIT OR Apache-2.0) AND Unicode-3.0"; older ones have "MIT/Apache-2.0".
    let has_choice = |group: &str| {
        let choices = group.trim_matches(['(', ')']).split(" OR ").flat_map(|it| it.split('/'));
        choices.into_iter().any(|it| allowed.contains(&it))
    };
    let refused = notices().into_iter().filter(|it| !it.2.split(" AND ").all(has_choice));
    assert_none(refused.map(|it| format!("{}: {}", it.0, it.2)));
}

#[test]
fn no_type_name_is_defined_twice() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources() {
        for name in source.types() {
            places.entry(name).or_default().push(source.file.clone());
        }
    }
    let twice = places.into_iter().filter(|it| it.1.len() > 1);
    assert_none(twice.map(|(name, files)| format!("{name}: {}", files.join(", "))));
}

#[test]
fn word_lists_are_sorted_and_name_nothing_twice() {
    for path in files(&root().join("assets/lexicon"), "txt") {
        let text = read(&path);
        let words: Vec<&str> = text.lines().filter(|it| !it.is_empty() && !it.starts_with('#')).collect();
        let misplaced = words.windows(2).find(|it| it[0] >= it[1]);
        assert_eq!(misplaced, None, "{}", path.display());
    }
}

/// A source file without its tests.
struct Source {
    /// The path under `src/`.
    file: String,
    /// The number of lines before the tests, if they end the file.
    lines: usize,
    syntax: syn::File,
}

impl Source {
    fn parse(file: &str, code: &str) -> Self {
        let mut syntax = syn::parse_file(code).unwrap_or_else(|error| panic!("{file}: {error}"));
        let tests = syntax.items.iter().find(|it| is_test_module(it)).map(|it| it.span().start().line);
        let lines = tests.map_or(code.lines().count(), |it| it - 1);
        syntax.items.retain(|it| !is_test(attributes(it)));
        Self { file: file.into(), lines, syntax }
    }

    /// The path of the module: `["load", "format", "html"]`.
    fn module(&self) -> Vec<&str> {
        self.file.trim_end_matches(".rs").split('/').collect()
    }

    /// Every path of more than one step, from `use` declarations, code, attributes and macro arguments.
    fn paths(&self) -> Vec<Vec<String>> {
        let mut found = Uses::default();
        found.visit_file(&self.syntax);
        found.paths
    }

    /// The names of the methods that are called.
    fn method_calls(&self) -> BTreeSet<String> {
        let mut found = Uses::default();
        found.visit_file(&self.syntax);
        found.methods
    }

    /// The methods of inherent `impl` blocks, each with the name of its type.
    fn methods(&self) -> Vec<(String, String)> {
        let mut methods = Vec::new();
        for item in &self.syntax.items {
            let Item::Impl(block) = item else { continue };
            let (None, syn::Type::Path(owner)) = (&block.trait_, &*block.self_ty) else { continue };
            let owner = owner.path.segments.last().expect("a path has a step").ident.to_string();
            for item in &block.items {
                if let ImplItem::Fn(method) = item {
                    methods.push((owner.clone(), method.sig.ident.to_string()));
                }
            }
        }
        methods
    }

    /// The functions, each with its number of lines.
    fn functions(&self) -> Vec<(String, usize)> {
        let mut found = Functions::default();
        found.visit_file(&self.syntax);
        found.0
    }

    /// The names of the types and traits that are defined at the top of the file.
    fn types(&self) -> Vec<String> {
        let name = |item: &Item| match item {
            Item::Struct(it) => Some(it.ident.to_string()),
            Item::Enum(it) => Some(it.ident.to_string()),
            Item::Trait(it) => Some(it.ident.to_string()),
            Item::Type(it) => Some(it.ident.to_string()),
            _ => None,
        };
        self.syntax.items.iter().filter_map(name).collect()
    }
}

/// Whether one of the attributes is `#[cfg(test)]` or `#[test]`.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| {
        let cfg_test = |it: &Attribute| it.parse_args::<syn::Ident>().is_ok_and(|it| it == "test");
        it.path().is_ident("test") || it.path().is_ident("cfg") && cfg_test(it)
    })
}

/// Whether an item is a test module that stands in the file itself.
fn is_test_module(item: &Item) -> bool {
    matches!(item, Item::Mod(it) if it.content.is_some() && is_test(&it.attrs))
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        _ => &[],
    }
}

/// Collects the paths and the method calls of a file.
#[derive(Default)]
struct Uses {
    paths: Vec<Vec<String>>,
    methods: BTreeSet<String>,
}

impl Uses {
    fn add_path(&mut self, path: Vec<String>) {
        if path.len() > 1 {
            self.paths.push(path);
        }
    }

    fn add_use_tree(&mut self, tree: &UseTree, mut before: Vec<String>) {
        match tree {
            UseTree::Path(it) => {
                before.push(it.ident.to_string());
                self.add_use_tree(&it.tree, before);
            }
            UseTree::Group(it) => it.items.iter().for_each(|it| self.add_use_tree(it, before.clone())),
            UseTree::Name(it) => self.add_path(before.into_iter().chain([it.ident.to_string()]).collect()),
            UseTree::Rename(it) => self.add_path(before.into_iter().chain([it.ident.to_string()]).collect()),
            UseTree::Glob(_) => self.add_path(before.into_iter().chain(["*".to_string()]).collect()),
        }
    }

    /// Reads tokens that `syn` leaves unparsed: the arguments of macros and attributes.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is = |at: usize, wanted: char| matches!(tokens.get(at), Some(TokenTree::Punct(it)) if it.as_char() == wanted);
        let mut path: Vec<String> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(it) => self.add_tokens(it.stream()),
                TokenTree::Ident(name) => {
                    let called = matches!(tokens.get(at + 1), Some(TokenTree::Group(_))) || is(at + 1, ':');
                    if called && at > 0 && is(at - 1, '.') {
                        self.methods.insert(name.to_string());
                    }
                    path.push(name.to_string());
                    if !(is(at + 1, ':') && is(at + 2, ':')) {
                        self.add_path(std::mem::take(&mut path));
                    }
                }
                TokenTree::Punct(it) if it.as_char() == ':' => {}
                _ => path.clear(),
            }
        }
    }
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.add_use_tree(&item.tree, Vec::new());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.add_path(path.segments.iter().map(|it| it.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.methods.insert(call.method.to_string());
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.add_tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }

    fn visit_meta_list(&mut self, list: &'ast syn::MetaList) {
        self.add_tokens(list.tokens.clone());
    }
}

/// Collects the functions of a file with their lengths in lines.
#[derive(Default)]
struct Functions(Vec<(String, usize)>);

impl Functions {
    fn add(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let lines = block.span().end().line - signature.span().start().line + 1;
        self.0.push((signature.ident.to_string(), lines));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.add(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }
}

/// The imports of a file that [`IMPORTS`] or [`LAYERS`] do not allow.
fn import_faults(source: &Source) -> Vec<String> {
    let module = source.module();
    let own = module[0];
    let Some((_, modules, crates)) = IMPORTS.iter().find(|it| it.0 == own) else {
        return vec![format!("{}: {own} is not in the table", source.file)];
    };
    let lists = |list: &str, name: &str| list.split_whitespace().any(|it| it == name);
    let mut faults = BTreeSet::new();
    for path in source.paths() {
        let Some(path) = resolve(&path, &module) else {
            let known = IMPORTS.iter().any(|it| lists(it.2, &path[0]));
            if known && !lists(crates, &path[0]) {
                faults.insert(format!("{own} uses the crate {}", path[0]));
            }
            continue;
        };
        let Some(other) = path.first() else { continue };
        if other == own {
            faults.extend(layer_fault(&module, &path));
        } else if IMPORTS.iter().any(|it| it.0 == other) && !lists(modules, other) {
            faults.insert(format!("{own} imports {}", path.join("::")));
        }
    }
    faults.into_iter().map(|it| format!("{}: {it}", source.file)).collect()
}

/// What [`LAYERS`] or [`STAGES`] do not allow of `path`, which leads into the module that `module` is part of.
fn layer_fault(module: &[&str], path: &[String]) -> Option<String> {
    let (own, file) = (module[0], module.get(1)?);
    let other = path.get(1).filter(|it| it != file)?;
    let stage = STAGES.iter().any(|it| it.0 == own && it.1 != other);
    if stage && path.last()?.starts_with(|it: char| it.is_ascii_lowercase()) {
        return Some(format!("{file} calls {}", path[1..].join("::")));
    }
    let layers = LAYERS.iter().find(|it| it.0 == own)?.1;
    match (layer(layers, file), layer(layers, other)) {
        (None, _) => Some(format!("{file} stands in no layer of {own}")),
        (_, None) => Some(format!("{file} imports from {own}.rs: {}", path[1..].join("::"))),
        (Some(from), Some(to)) if from <= to => Some(format!("{file} stands below {other} or beside it")),
        _ => None,
    }
}

/// The number of the layer that lists a file or folder, counted from the lowest.
fn layer(layers: &[&str], name: &str) -> Option<usize> {
    layers.iter().position(|it| it.split_whitespace().any(|it| it == name))
}

/// The path from the root of the crate; `None` for a path into another crate or relative to the file.
fn resolve(path: &[String], module: &[&str]) -> Option<Vec<String>> {
    let mut resolved: Vec<String> = match path[0].as_str() {
        "crate" | "pullquote" => vec![],
        "self" | "super" => module.iter().map(ToString::to_string).collect(),
        _ => return None,
    };
    for step in path {
        match step.as_str() {
            "super" => drop(resolved.pop()),
            "crate" | "pullquote" | "self" => {}
            name => resolved.push(name.into()),
        }
    }
    Some(resolved)
}

/// Calls of methods that only a higher layer of the same module defines, though their type stands in a lower one.
fn method_faults(sources: &[Source]) -> Vec<String> {
    let mut type_files: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut method_files: BTreeMap<String, Vec<(String, &str)>> = BTreeMap::new();
    for source in sources {
        for name in source.types() {
            type_files.entry(name).or_default().push(&source.file);
        }
        for (owner, method) in source.methods() {
            method_files.entry(method).or_default().push((owner, &source.file));
        }
    }
    let mut faults = Vec::new();
    for source in sources {
        for method in &source.method_calls() {
            let Some(definitions) = method_files.get(method) else { continue };
            let above = |(owner, file): &(String, &str)| {
                let owner_below =
                    type_files.get(owner).is_some_and(|it| it.iter().any(|it| !is_above(it, &source.file)));
                is_above(file, &source.file) && owner_below
            };
            if definitions.iter().all(above) {
                faults
                    .push(format!("{} calls {method}, which only {} defines", source.file, definitions[0].1));
            }
        }
    }
    faults
}

/// Whether one file stands in a higher layer of the same module than another.
fn is_above(higher: &str, lower: &str) -> bool {
    let height = |file: &str| {
        let module: Vec<&str> = file.trim_end_matches(".rs").split('/').collect();
        let layers = LAYERS.iter().find(|it| it.0 == module[0])?.1;
        // The file of the module itself stands above all layers.
        Some((module[0].to_string(), module.get(1).map_or(Some(layers.len()), |it| layer(layers, it))?))
    };
    match (height(higher), height(lower)) {
        (Some(higher), Some(lower)) => higher.0 == lower.0 && higher.1 > lower.1,
        _ => false,
    }
}

fn assert_none(faults: impl IntoIterator<Item = String>) {
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// All files under `src/` but those of tests.
fn sources() -> Vec<Source> {
    let root = root().join("src");
    let is_test = |it: &PathBuf| it.ends_with("tests.rs") || it.ancestors().any(|it| it.ends_with("tests"));
    let files = files(&root, "rs").into_iter().filter(|it| !is_test(it));
    let source = |path: PathBuf| {
        let file = path.strip_prefix(&root).expect("it lies under src").display().to_string();
        Source::parse(&file.replace('\\', "/"), &read(&path))
    };
    files.map(source).collect()
}

/// All files under a folder that have this extension; none if the folder does not exist.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path());
    let deep =
        entries.flat_map(|it| if it.is_dir() { files(&it, extension) } else { iter::once(it).collect() });
    let mut files: Vec<PathBuf> =
        deep.filter(|it| it.extension().is_some_and(|it| it == extension)).collect();
    files.sort();
    files
}

/// The size of a file, or of all files of a folder, each compressed by itself.
fn packed_size(path: &Path) -> usize {
    if let Ok(entries) = fs::read_dir(path) {
        return entries.flatten().map(|it| packed_size(&it.path())).sum();
    }
    let content = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&content).expect("memory can be written");
    packed.finish().expect("memory can be written").len()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn root() -> PathBuf {
    env!("CARGO_MANIFEST_DIR").into()
}
