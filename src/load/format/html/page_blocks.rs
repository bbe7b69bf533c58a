//! Page blocks: the texts of a page as blocks, each with its links, its roles and how much of it readability chose.

use crate::load::format::block_writer::{self, BlockText, LinkedText};
use crate::load::format::html::element_class::{self, ROLES, TextRole};
use crate::load::format::html::page_tree::{PageTree, TextTotals};
use crate::load::text::sanitize;
use crate::story::BlockKind;

/// A block of a page.
#[derive(Debug)]
pub(crate) struct PageBlock {
    pub(crate) text: BlockText,
    /// The pictures between the block before and this one.
    pub(crate) pictures: Vec<PagePicture>,
    pub(crate) letters: usize,
    /// The letters that are in links.
    pub(crate) linked: usize,
    /// The letters that readability chose.
    pub(crate) kept: usize,
    /// For each role, the letters that have it.
    roles: [usize; ROLES],
    /// The index of the block quotation around the block; `None` outside of one.
    pub(crate) quotation: Option<usize>,
}

impl PageBlock {
    /// The text of a picture, in the place of its caption.
    pub(crate) fn picture_text(picture: PagePicture) -> Self {
        Self {
            text: BlockText::new(BlockKind::Caption, picture.alt.clone(), Vec::new(), false),
            pictures: vec![picture],
            letters: 0,
            linked: 0,
            kept: 0,
            roles: [0; ROLES],
            quotation: None,
        }
    }

    /// Whether at least nine tenths of the block's letters have a role.
    pub(crate) fn has_role(&self, role: TextRole) -> bool {
        self.letters > 0 && self.roles[role as usize] * 10 >= self.letters * 9
    }

    /// Whether some letters of the block have a role.
    pub(crate) fn has_some(&self, role: TextRole) -> bool {
        self.roles[role as usize] > 0
    }

    /// Whether readability chose most of the block's letters.
    pub(crate) fn is_kept(&self) -> bool {
        self.kept * 2 > self.letters
    }
}

/// A picture of a page.
#[derive(Clone, Debug)]
pub(crate) struct PagePicture {
    pub(crate) alt: String,
    pub(crate) address: String,
}

/// The blocks in a subtree of a page.
pub(crate) fn blocks_under(tree: &PageTree, root: usize) -> Vec<PageBlock> {
    let mut walk = PageWalk {
        tree,
        open: Vec::new(),
        buffer: BlockBuffer::default(),
        blocks: Vec::new(),
        pictures: Vec::new(),
    };
    let end = tree.nodes[root].end;
    let mut index = root;
    while index < end {
        walk.leave_until(index);
        index = walk.enter(index);
    }
    walk.leave_until(usize::MAX);
    walk.end_block();
    walk.blocks
}

/// An open element.
struct OpenElement {
    index: usize,
    end: usize,
    is_block: bool,
    is_quotation: bool,
    /// Whether the lines of the text are as written.
    in_pre: bool,
    /// Whether it is an element of bold type, or in one.
    is_strong: bool,
    kind: Option<BlockKind>,
    /// The roles of the element and of those around it, a bit for each.
    roles: u16,
    /// The number of open `q` elements, with this one.
    quote_depth: usize,
}

/// The walk through a page.
struct PageWalk<'a> {
    tree: &'a PageTree<'a>,
    open: Vec<OpenElement>,
    buffer: BlockBuffer,
    blocks: Vec<PageBlock>,
    pictures: Vec<PagePicture>,
}

impl PageWalk<'_> {
    /// Enters a node; returns the index of the next one.
    fn enter(&mut self, index: usize) -> usize {
        let node = &self.tree.nodes[index];
        if node.name.is_empty() {
            self.write_text(index, &node.node.text());
            return node.end;
        }
        let is_block = self.tree.is_block(index);
        let is_hidden = element_class::is_hidden(&node.node, &node.words, is_block)
            || (!is_block && self.is_hover_card(index))
            || (node.name == "button" && !self.is_in_sentence(index))
            || (node.name == "sup" && self.is_footnote_mark(index));
        if element_class::is_skipped(&node.name) || is_hidden {
            return node.end;
        }
        let outer = self.open.last();
        let (roles, quote_depth) = outer.map_or((0, 0), |it| (it.roles, it.quote_depth));
        let is_strong = outer.is_some_and(|it| it.is_strong);
        let role = element_class::text_role(&node.name, &node.words).map_or(0, |it| 1 << it as u16);
        let outer_pre = outer.is_some_and(|it| it.in_pre);
        let is_named = roles & (1 << TextRole::Attribution as u16) != 0;
        let is_attribution = !is_named && self.is_attribution(index);
        let role = if is_attribution { 1 << TextRole::Attribution as u16 } else { role };
        let role = if self.is_picture_text(index) { role | 1 << TextRole::Caption as u16 } else { role };
        let is_kicker =
            element_class::is_kicker(&node.words) && self.current_kind() == Some(BlockKind::Heading);
        let is_block = is_block || is_attribution || is_kicker;
        let kind = if is_kicker { Some(BlockKind::Furniture) } else { self.block_kind(index) };
        if is_block {
            self.end_block();
        }
        let opened = OpenElement {
            index,
            end: node.end,
            is_block,
            is_quotation: node.name == "blockquote",
            in_pre: node.name == "pre" || outer_pre,
            is_strong: is_strong || matches!(&*node.name, "b" | "strong"),
            kind: kind.filter(|_| !is_attribution),
            roles: roles | role,
            quote_depth: quote_depth + usize::from(node.name == "q"),
        };
        match &*node.name {
            "br" => self.break_line(),
            "q" => self.buffer.text.write(if quote_depth.is_multiple_of(2) { "“" } else { "‘" }),
            "img" => self.add_picture(index),
            "a" => self.buffer.text.open_link(),
            // A name and a date in a line of their own may touch.
            _ if role & BYLINE_ROLES != 0 => self.buffer.text.separate(),
            _ => {}
        }
        self.open.push(opened);
        index + 1
    }

    /// Leaves all elements that end at or before an index.
    fn leave_until(&mut self, index: usize) {
        while let Some(left) = self.open.pop_if(|it| it.end <= index) {
            match &*self.tree.nodes[left.index].name {
                "q" => self.buffer.text.write(if left.quote_depth % 2 == 1 { "”" } else { "’" }),
                "td" | "th" => self.buffer.text.write(" "),
                "a" => self.buffer.text.close_link(&self.tree.attribute(left.index, "href")),
                _ => {}
            }
            if left.is_block {
                self.end_block();
            }
        }
    }

    /// Writes a text; in a `pre` element, empty lines separate its paragraphs.
    fn write_text(&mut self, index: usize, text: &str) {
        let totals = self.tree.totals(index);
        let in_pre = self.open.last().is_some_and(|it| it.in_pre);
        if !in_pre || !text.contains('\n') {
            return self.write(text, totals);
        }
        for line in text.split_inclusive('\n') {
            if line.trim().is_empty() {
                self.end_block();
            } else {
                let letters = line.chars().filter(|ch| ch.is_alphanumeric()).count();
                let share = |of: usize| if of > 0 { letters } else { 0 };
                let (linked, kept) = (share(totals.linked), share(totals.kept));
                self.write(line, TextTotals { letters, linked, kept, ..TextTotals::default() });
            }
        }
    }

    fn write(&mut self, text: &str, totals: TextTotals) {
        if !text.trim().is_empty() {
            self.buffer.follows_break = false;
            if !self.buffer.has_text {
                self.buffer.has_text = true;
                self.buffer.quotation = self.open.iter().rev().find(|it| it.is_quotation).map(|it| it.index);
                self.buffer.kind = self.current_kind();
            }
            let roles = self.open.last().map_or(0, |it| it.roles);
            for (role, letters) in self.buffer.roles.iter_mut().enumerate() {
                *letters += if roles & (1 << role) != 0 { totals.letters } else { 0 };
            }
            self.buffer.letters += totals.letters;
            self.buffer.linked += totals.linked;
            self.buffer.kept += totals.kept;
        }
        self.buffer
            .text
            .write_words(&sanitize::sanitize_text(text), self.open.last().is_some_and(|it| it.is_strong));
    }

    fn end_block(&mut self) {
        if let Some(mut block) = std::mem::take(&mut self.buffer).into_block() {
            block.pictures = std::mem::take(&mut self.pictures);
            self.blocks.push(block);
        }
    }

    /// Breaks the line. The break ends the block if it ends a sentence, since many pages separate paragraphs so.
    /// Two breaks in a row always end it.
    fn break_line(&mut self) {
        let ends_block = self.buffer.follows_break || block_writer::ends_sentence(self.buffer.text.as_str());
        if ends_block && self.current_kind() != Some(BlockKind::Heading) {
            self.end_block();
        } else {
            self.buffer.text.write(" ");
            self.buffer.follows_break = self.buffer.has_text;
        }
    }

    /// The kind that the open elements give to a text; `None` if they give none.
    fn current_kind(&self) -> Option<BlockKind> {
        self.open.iter().rev().find_map(|it| it.kind)
    }

    /// Whether an inline element is a card about the name that it stands beside.
    fn is_hover_card(&self, index: usize) -> bool {
        let node = &self.tree.nodes[index];
        self.buffer.has_text
            && (element_class::is_hover_card(&node.words, &self.tree.attribute(index, "role"))
                || self.repeats_name(index))
    }

    /// Whether an element names the person whose words a block quotation holds: it stands at the quotation's end, or under
    /// the quotation in a figure.
    fn is_attribution(&self, index: usize) -> bool {
        let node = &self.tree.nodes[index];
        let is_empty_until = |end: usize| self.tree.totals_in(node.end..end).letters == 0;
        match &*node.name {
            "cite" | "footer" => {
                self.open.iter().rev().find(|it| it.is_quotation).is_some_and(|it| is_empty_until(it.end))
            }
            "figcaption" => self.tree.totals(node.parent).quotations > 0,
            _ => false,
        }
    }

    /// Whether a button stands inside a sentence, such as a word with an explanation.
    fn is_in_sentence(&self, index: usize) -> bool {
        const MIN_SHARE: usize = 4;
        let text = self.buffer.text.as_str().trim_end();
        let paragraph = self.open.iter().rev().find(|it| self.tree.nodes[it.index].name == "p");
        self.buffer.has_text
            && !text.ends_with(['.', '!', '?'])
            && paragraph.is_some_and(|it| {
                self.tree.totals(it.index).letters >= MIN_SHARE * self.tree.totals(index).letters
            })
    }

    /// Whether an element is the mark of a footnote: a few characters with a link.
    fn is_footnote_mark(&self, index: usize) -> bool {
        const MAX_LETTERS: usize = 3;
        let totals = self.tree.totals(index);
        let is_mark = || self.buffer.has_text && (totals.letters == 0 || self.is_note_number(index));
        totals.letters <= MAX_LETTERS && (totals.linked > 0 || is_mark())
    }

    /// Whether an element is a number behind a word or a mark, not the exponent of a unit or a number: "the wall.¹", but not "m²".
    fn is_note_number(&self, index: usize) -> bool {
        const MAX_UNIT_LETTERS: usize = 2;
        let number = self.tree.nodes[index].node.text();
        let is_number = number.trim().chars().all(|it| it.is_ascii_digit() || "[]()*, ".contains(it));
        let before = self.buffer.text.as_str();
        let letters =
            before.chars().rev().take(MAX_UNIT_LETTERS + 1).take_while(|it| it.is_alphabetic()).count();
        is_number
            && !before.ends_with(|it: char| it.is_ascii_digit())
            && (letters == 0 || letters > MAX_UNIT_LETTERS)
    }

    /// Whether the text in an element belongs to a picture in it.
    fn is_picture_text(&self, index: usize) -> bool {
        const MAX_LETTERS: usize = 600;
        let (node, totals) = (&self.tree.nodes[index], self.tree.totals(index));
        totals.pictures > 0
            && totals.quotations == 0
            && (1..=MAX_LETTERS).contains(&totals.letters)
            && (node.name == "figure" || element_class::is_picture(&node.words))
    }

    /// Whether an element with links begins with the words that were written last: a card about a person opens with their name.
    fn repeats_name(&self, index: usize) -> bool {
        const MIN_NAME_LETTERS: usize = 4;
        let totals = self.tree.totals(index);
        if totals.linked == 0 {
            return false;
        }
        let mut texts = index..self.tree.nodes[index].end;
        let name = texts.find(|it| self.tree.nodes[*it].name.is_empty() && self.tree.totals(*it).letters > 0);
        name.is_some_and(|at| {
            let letters = self.tree.totals(at).letters;
            letters >= MIN_NAME_LETTERS
                && totals.letters > letters
                && self.buffer.text.as_str().trim_end().ends_with(self.tree.nodes[at].node.text().trim())
        })
    }

    /// The kind that an element gives to its blocks; `None` if it gives none.
    fn block_kind(&self, index: usize) -> Option<BlockKind> {
        match &*self.tree.nodes[index].name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
            "li" => Some(BlockKind::Item),
            "tr" if self.is_data_row(index) => Some(BlockKind::Item),
            "figcaption" | "caption" => Some(BlockKind::Caption),
            _ => None,
        }
    }

    /// Whether a table row holds data: several short cells. Old pages use tables for their layout.
    fn is_data_row(&self, row: usize) -> bool {
        const MAX_ROW_LETTERS: usize = 250;
        self.tree.nodes[row].node.element_children().len() > 1
            && self.tree.totals(row).letters <= MAX_ROW_LETTERS
    }

    fn add_picture(&mut self, index: usize) {
        const MAX_ICON_PIXELS: usize = 64;
        let alt = sanitize::sanitize_line(&self.tree.attribute(index, "alt"));
        let address = ["data-src", "data-original", "src"].iter().map(|it| self.tree.attribute(index, it));
        let mut address = address.into_iter().filter(|it| !it.is_empty() && !it.starts_with("data:"));
        let address = address.next().unwrap_or_default();
        let size = |name: &str| self.tree.attribute(index, name).parse::<usize>().unwrap_or(usize::MAX);
        let is_aside = self.open.last().is_some_and(|it| it.roles & (1 << TextRole::Aside as u16) != 0);
        let is_icon = size("width").min(size("height")) <= MAX_ICON_PIXELS;
        let is_empty = alt.is_empty() && address.is_empty();
        if !(is_aside || is_icon || is_empty) {
            self.pictures.push(PagePicture { alt, address });
        }
    }
}

/// The roles of authors and dates, a bit for each.
const BYLINE_ROLES: u16 = 1 << TextRole::Byline as u16 | 1 << TextRole::Date as u16;

/// The block that is being written.
#[derive(Default)]
struct BlockBuffer {
    text: LinkedText,
    kind: Option<BlockKind>,
    has_text: bool,
    /// Whether nothing but white space follows the last line break.
    follows_break: bool,
    quotation: Option<usize>,
    letters: usize,
    linked: usize,
    kept: usize,
    roles: [usize; ROLES],
}

impl BlockBuffer {
    /// The finished block; `None` without text.
    fn into_block(self) -> Option<PageBlock> {
        let text = self.text.into_block(self.kind.unwrap_or(BlockKind::Paragraph))?;
        Some(PageBlock {
            text,
            letters: self.letters,
            linked: self.linked,
            kept: self.kept,
            roles: self.roles,
            quotation: self.quotation,
            pictures: Vec::new(),
        })
    }
}
