//! HTML parser with limits: turns a page into a tree in time and memory proportional to the page.
//!
//! The rules of HTML let a short page ask for much: each open element is examined for each new one, each `<p>` repeats
//! all open formatting elements, and each attribute is compared with all others of its tag. The limits are measured on
//! the parser's own state, not guessed from the text: the elements that are open, the copies that the parser makes, the
//! attributes of a tag. What goes beyond a limit loses its tags and keeps its text.

use std::borrow::Cow;
use std::cell::{Cell, Ref};

use dom_query::{Document, NodeData, NodeId, NodeRef};
use html5ever::TokenizerResult;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, Tracer, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName};

/// Maximum number of elements and formatting elements that are open at once. Pages of news have less than 60.
const MAX_OPEN: usize = 256;

/// Maximum depth of a tree that readability examines. It is above [`MAX_OPEN`], since a tree may be a little deeper than
/// the list of open elements is long.
const MAX_DEPTH: usize = 600;

/// Maximum number of formatting elements that are open at once.
const MAX_FORMATTING: usize = 16;

/// The copies of formatting elements that a page may cause, beside one for each of its tags.
const MAX_COPIES: usize = 4096;

/// Maximum number of attributes of a tag.
const MAX_ATTRIBUTES: usize = 64;

/// Maximum length of an attribute's value, in bytes. A longer value is a picture or a program, and becomes empty.
const MAX_VALUE_BYTES: usize = 16 * 1024;

/// Maximum length of a text node, in bytes; a longer text becomes several nodes. Readability writes the page as HTML, in
/// time that is quadratic in the length of a node.
const MAX_TEXT_BYTES: usize = 4096;

/// Maximum number of elements of a page.
const MAX_ELEMENTS: usize = 1_000_000;

/// The open elements are counted once for this many tags.
const TAGS_PER_COUNT: usize = 16;

/// Parses a page.
pub(crate) fn parse_page(html: &str) -> Document {
    let sink = LimitedSink::default();
    let options =
        TreeBuilderOpts { scripting_enabled: false, drop_doctype: true, ..TreeBuilderOpts::default() };
    let builder = LimitedBuilder {
        builder: TreeBuilder::new(sink, options),
        tags: Cell::new(0),
        dropped: Cell::new(0),
        is_full: Cell::new(false),
        formatting: Cell::new(0),
        has_closed_formatting: Cell::new(false),
        is_skipping: Cell::new(false),
    };
    let tokenizer = Tokenizer::new(builder, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&limit_attributes(html)));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.document
}

/// Whether no element of a tree lies deeper than readability may go: some of its functions call themselves for each level.
pub(crate) fn is_shallow(page: &Document) -> bool {
    let mut depth = 0_usize;
    let mut node = page.root().first_child();
    while let Some(current) = node {
        if depth > MAX_DEPTH {
            return false;
        }
        node = current.first_child();
        if node.is_some() {
            depth += 1;
            continue;
        }
        let mut last = Some(current);
        while let Some(ended) = last {
            node = ended.next_sibling();
            if node.is_some() {
                break;
            }
            depth = depth.saturating_sub(1);
            last = ended.parent();
        }
    }
    true
}

/// Passes tokens on to the tree builder, within the limits.
struct LimitedBuilder {
    builder: TreeBuilder<NodeId, LimitedSink>,
    /// The number of tags so far.
    tags: Cell<usize>,
    /// The number of start tags that were dropped and whose end tags are still to come.
    dropped: Cell<usize>,
    /// Whether as many elements are open as may be.
    is_full: Cell<bool>,
    /// The number of formatting elements that are open.
    formatting: Cell<usize>,
    /// Whether formatting elements are closed for the rest of the page.
    has_closed_formatting: Cell<bool>,
    /// Whether the text of a script or a style sheet follows.
    is_skipping: Cell<bool>,
}

impl TokenSink for LimitedBuilder {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<NodeId> {
        let token = match token {
            Token::CommentToken(_) | Token::ParseError(_) | Token::NullCharacterToken => {
                return TokenSinkResult::Continue;
            }
            Token::CharacterTokens(_) if self.is_skipping.get() => return TokenSinkResult::Continue,
            Token::TagToken(tag) => match self.limited_tag(tag, line_number) {
                Some(tag) => Token::TagToken(tag),
                None => return TokenSinkResult::Continue,
            },
            token => token,
        };
        self.builder.process_token(token, line_number)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl LimitedBuilder {
    /// A tag as the tree builder may have it; `None` if it is dropped.
    fn limited_tag(&self, mut tag: Tag, line_number: u64) -> Option<Tag> {
        self.tags.set(self.tags.get() + 1);
        if self.tags.get().is_multiple_of(TAGS_PER_COUNT) {
            self.count_open_elements(line_number);
        }
        self.is_skipping.set(tag.kind == TagKind::StartTag && is_program(&tag));
        let is_formatting = FORMATTING_ELEMENTS.contains(&&*tag.name);
        if tag.kind == TagKind::EndTag {
            if self.dropped.get() > 0 && !is_raw_text(&tag.name) {
                self.dropped.set(self.dropped.get() - 1);
                return None;
            }
            self.formatting.set(self.formatting.get().saturating_sub(usize::from(is_formatting)));
            return Some(tag);
        }
        let is_limited =
            is_formatting && (self.formatting.get() >= MAX_FORMATTING || self.has_closed_formatting.get());
        // The tokenizer has to learn from the tree builder that raw text follows.
        if (self.is_full.get() || is_limited) && !is_raw_text(&tag.name) {
            let has_end_tag = !tag.self_closing && !VOID_ELEMENTS.contains(&&*tag.name);
            self.dropped.set(self.dropped.get() + usize::from(has_end_tag && !is_limited));
            return None;
        }
        self.formatting.set(self.formatting.get() + usize::from(is_formatting));
        tag.attrs.truncate(MAX_ATTRIBUTES);
        for attribute in &mut tag.attrs {
            if attribute.value.len() > MAX_VALUE_BYTES {
                attribute.value = StrTendril::new();
            }
        }
        Some(tag)
    }

    /// Counts the open elements and the copies of formatting elements.
    fn count_open_elements(&self, line_number: u64) {
        let counter = HandleCounter(Cell::new(0));
        self.builder.trace_handles(&counter);
        let elements = self.builder.sink.elements.get();
        let is_full = counter.0.get() > MAX_OPEN || elements > MAX_ELEMENTS;
        self.is_full.set(is_full);
        if !is_full {
            self.dropped.set(0);
        }
        if elements > 2 * self.tags.get() + MAX_COPIES && !self.has_closed_formatting.replace(true) {
            // Each end tag closes the last formatting element of its name.
            for name in FORMATTING_ELEMENTS.iter().cycle().take(FORMATTING_ELEMENTS.len() * MAX_FORMATTING) {
                let tag = Tag {
                    kind: TagKind::EndTag,
                    name: LocalName::from(*name),
                    self_closing: false,
                    attrs: Vec::new(),
                    had_duplicate_attributes: false,
                };
                // An end tag of a formatting element never asks the tokenizer for anything.
                let _ = self.builder.process_token(Token::TagToken(tag), line_number);
            }
        }
    }
}

/// Counts the elements that a tree builder holds.
struct HandleCounter(Cell<usize>);

impl Tracer for HandleCounter {
    type Handle = NodeId;

    fn trace_handle(&self, _node: &NodeId) {
        self.0.set(self.0.get() + 1);
    }
}

/// Whether the text of an element is a program or a style sheet, not data about the story.
fn is_program(tag: &Tag) -> bool {
    let is_data = |it: &Attribute| &*it.name.local == "type" && it.value.contains("json");
    &*tag.name == "style" || (&*tag.name == "script" && !tag.attrs.iter().any(is_data))
}

/// Whether an element's content is text to the tokenizer.
fn is_raw_text(name: &str) -> bool {
    matches!(
        name,
        "iframe" | "noembed" | "noframes" | "plaintext" | "script" | "style" | "textarea" | "title" | "xmp"
    )
}

/// Elements that the parser opens again in each new paragraph. There is at most one open `a`, so that it needs no limit.
const FORMATTING_ELEMENTS: &[&str] =
    &["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"];

/// Elements without an end tag.
const VOID_ELEMENTS: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen",
    "link", "meta", "param", "source", "track", "wbr",
];

/// The tree under construction. It counts the elements, divides long texts and keeps no error messages.
#[derive(Default)]
struct LimitedSink {
    document: Document,
    elements: Cell<usize>,
}

impl LimitedSink {
    /// Whether a text may be joined to a node before it.
    fn may_join(before: Option<&NodeRef>, text: &StrTendril) -> bool {
        let length = |it: &NodeRef| {
            it.query_or(0, |node| match &node.data {
                NodeData::Text { contents } => contents.len(),
                _ => 0,
            })
        };
        before.is_none_or(|it| length(it) + text.len() <= MAX_TEXT_BYTES)
    }
}

/// The pieces of a text, each of them short enough for a node.
fn text_pieces(text: &StrTendril) -> impl Iterator<Item = StrTendril> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let length = text[start..].floor_char_boundary(MAX_TEXT_BYTES);
        // The piece shares the memory of the text.
        let piece = (length > 0).then(|| text.subtendril(start as u32, length as u32));
        start += length;
        piece
    })
}

impl TreeSink for LimitedSink {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Document {
        self.document
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.document.elem_name(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.elements.set(self.elements.get() + 1);
        self.document.create_element(name, attrs, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.document.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.document.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let NodeOrText::AppendText(text) = child else { return self.document.append(parent, child) };
        for piece in text_pieces(&text) {
            if Self::may_join(self.document.tree.last_child_of(parent).as_ref(), &piece) {
                self.document.append(parent, NodeOrText::AppendText(piece));
            } else {
                let node = self.document.tree.new_text(piece);
                self.document.tree.append_child_of(parent, &node.id);
            }
        }
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let NodeOrText::AppendText(text) = child else {
            return self.document.append_before_sibling(sibling, child);
        };
        for piece in text_pieces(&text) {
            if Self::may_join(self.document.tree.prev_sibling_of(sibling).as_ref(), &piece) {
                self.document.append_before_sibling(sibling, NodeOrText::AppendText(piece));
            } else {
                let node = self.document.tree.new_text(piece);
                self.document.tree.insert_before_of(sibling, &node.id);
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        if self.document.tree.parent_of(element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.document.get_template_contents(target)
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.document.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.document.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(handle)
    }
}

/// The page without the attributes that are too many in a tag: the tokenizer compares each with all others.
///
/// Every "<" before a letter counts as a tag, also in a comment or a script, so that nothing can hide a tag.
fn limit_attributes(html: &str) -> Cow<'_, str> {
    /// Attributes that take the tokenizer little time.
    const MAX_TOKENIZED: usize = 256;
    let bytes = html.as_bytes();
    let mut limited = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(length) = html[at..].find('<') {
        at += length + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let mut scanner = TagScanner { bytes, at };
        scanner.skip_name();
        let has_more = (0..MAX_TOKENIZED).all(|_| scanner.skip_attribute());
        let cut = scanner.at;
        if has_more && scanner.skip_attribute() {
            while scanner.skip_attribute() {}
            limited.push_str(&html[copied..cut]);
            copied = scanner.at;
            at = scanner.at;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    limited.push_str(&html[copied..]);
    Cow::Owned(limited)
}

/// Steps over the attributes of a tag, as the tokenizer of HTML does. It stops only at characters of ASCII.
struct TagScanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl TagScanner<'_> {
    fn skip_while(&mut self, is_skipped: impl Fn(u8) -> bool) {
        self.at += self.bytes[self.at..].iter().take_while(|byte| is_skipped(**byte)).count();
    }

    fn skip_name(&mut self) {
        self.skip_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>'));
    }

    /// Steps over an attribute and the space before it; false at the end of the tag.
    fn skip_attribute(&mut self) -> bool {
        self.skip_while(|byte| byte.is_ascii_whitespace() || byte == b'/');
        if self.at >= self.bytes.len() || self.bytes[self.at] == b'>' {
            return false;
        }
        // An attribute's name may begin with "=".
        self.at += 1;
        self.skip_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'='));
        let name_end = self.at;
        self.skip_while(|byte| byte.is_ascii_whitespace());
        if self.bytes.get(self.at) != Some(&b'=') {
            self.at = name_end;
            return true;
        }
        self.at += 1;
        self.skip_while(|byte| byte.is_ascii_whitespace());
        match self.bytes.get(self.at) {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                self.skip_while(|byte| byte != *quote);
                self.at = (self.at + 1).min(self.bytes.len());
            }
            _ => self.skip_while(|byte| !byte.is_ascii_whitespace() && byte != b'>'),
        }
        true
    }
}
