//! Opens inputs and takes those that hold several stories apart: mailboxes, feeds, books, exports of databases.

use std::borrow::Cow;
use std::io;
use std::path::PathBuf;

use pullquote::load::{self, Hint, Part};

use crate::cli::InputFormat;
use crate::input::{FileLayout, Input, Inputs, Source};
use crate::parallel;
#[cfg(feature = "net")]
use crate::subcommand::load_address::open_address;
use crate::subcommand::load_input::{file_layout, given_format};

/// The inputs, with one for each story. Files are read, and addresses loaded, on several threads a little in advance.
pub(crate) fn split_inputs(inputs: Inputs, format: InputFormat) -> Inputs {
    match file_layout(format) {
        FileLayout::Story => {
            Box::new(parallel::map_in_order(inputs, move |it| split_input(it, format)).flatten())
        }
        FileLayout::JsonLines | FileLayout::Warc => inputs,
    }
}

/// The stories of an input. What cannot be opened is returned as it is, so that loading it says why.
pub(crate) fn split_input(input: Input, format: InputFormat) -> Vec<Input> {
    let split = |bytes: Vec<u8>| {
        let hint = Hint { format: given_format(format), ..Hint::default() };
        load::split(Cow::Owned(bytes), &hint)
    };
    match &input.source {
        Source::File(path) => match load::read_file(path).and_then(split) {
            Ok(parts) => to_inputs(&input, parts, Some(path)),
            Err(_) => vec![input],
        },
        Source::FilePart(path, name) => {
            let mut parts = load::read_file(path).and_then(split).unwrap_or_default();
            parts.retain(|it| it.name.as_ref() == Some(name));
            if parts.is_empty() { vec![input] } else { to_inputs(&input, parts, Some(path)) }
        }
        Source::Stdin(counter) => {
            match load::read_to_limit(counter.count(io::stdin().lock())).and_then(split) {
                Ok(parts) => to_inputs(&input, parts, None),
                Err(error) => vec![Input { source: Source::OpenFailed(error), ..input }],
            }
        }
        #[cfg(feature = "net")]
        Source::Address(address) => {
            let address = address.clone();
            open_address(input, &address, given_format(format))
        }
        _ => vec![input],
    }
}

/// One input for each part of a file.
fn to_inputs(file: &Input, parts: Vec<Part<'static>>, path: Option<&PathBuf>) -> Vec<Input> {
    let to_input = |part: Part<'static>| {
        let location = match &part.name {
            Some(name) if !file.location.ends_with(name.as_str()) => format!("{}: {name}", file.location),
            _ => file.location.clone(),
        };
        Input { location, id: None, source: Source::Part(Box::new(part), path.cloned()) }
    };
    parts.into_iter().map(to_input).collect()
}

/// Whether there are several inputs, or one that holds several stories. At most two of them are opened.
pub(crate) fn peek_several(mut inputs: Inputs) -> (bool, Inputs) {
    let head: Vec<Input> = inputs.by_ref().take(2).collect();
    (head.len() > 1, Box::new(head.into_iter().chain(inputs)))
}
