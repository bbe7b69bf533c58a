//! Block selection: which blocks of a page belong to its story, and what kind each of them is.

use crate::load::format::block_quotation;
use crate::load::format::html::element_class::TextRole;
use crate::load::format::html::page_blocks::{PageBlock, PagePicture};
use crate::load::structure::{byline, furniture, headline};
use crate::load::text::compare;
use crate::story::BlockKind;

/// The blocks that are shown: those that readability chose, and those beside them that it lost. Each has its final kind.
pub(crate) fn select_blocks(blocks: Vec<PageBlock>) -> Vec<PageBlock> {
    let Some(first) = blocks.iter().position(PageBlock::is_kept) else { return blocks };
    let last = blocks.iter().rposition(PageBlock::is_kept).unwrap_or(first);
    let kept: usize = blocks.iter().map(|it| it.kept).sum();
    let aside: usize = blocks.iter().filter(|it| it.has_role(TextRole::Aside)).map(|it| it.kept).sum();
    // Where much of the story seems to be an aside, its class means something else.
    let has_asides = aside * 3 < kept;
    let mut selected = Vec::new();
    for (number, mut block) in blocks.into_iter().enumerate() {
        let place = match number {
            _ if block.is_kept() => Place::Chosen,
            _ if number < first => Place::Head,
            _ if number < last => Place::Inside,
            _ => Place::Tail,
        };
        if !belongs(&block, place) {
            continue;
        }
        block.text.kind = kind_of(&block);
        let is_aside = block.has_role(TextRole::Aside) && !block.has_some(TextRole::Quotation);
        if has_asides && is_aside && block.text.kind != BlockKind::Caption {
            block.text.kind = BlockKind::Furniture;
        }
        selected.push(block);
    }
    mark_standfirst(&mut selected);
    mark_sections(&mut selected);
    selected
}

/// Where a block stands, relative to the blocks that readability chose.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It is one of them.
    Chosen,
    /// Before the first.
    Head,
    /// Between the first and the last.
    Inside,
    /// After the last.
    Tail,
}

/// Whether a block belongs to the story or its head.
fn belongs(block: &PageBlock, place: Place) -> bool {
    let is_aside = block.has_some(TextRole::Aside);
    let is_quotation = block.has_some(TextRole::Quotation);
    match place {
        Place::Chosen => true,
        _ if is_aside && !is_quotation => false,
        Place::Head => {
            block.has_role(TextRole::Caption)
                || block.has_role(TextRole::Date)
                || block.has_role(TextRole::Byline)
                || block.has_role(TextRole::Standfirst)
                || headline::is_date(&block.text.text)
                || byline::is_byline(&block.text.text)
                || is_prose(block)
        }
        Place::Inside => block.has_role(TextRole::Caption) || is_quotation || is_prose(block),
        Place::Tail => is_prose(block) && !is_quotation,
    }
}

/// The blocks, and before them the texts of pictures without a caption.
pub(crate) fn with_picture_texts(blocks: Vec<PageBlock>, headline: &str) -> Vec<PageBlock> {
    let mut all: Vec<PageBlock> = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        if block.text.kind != BlockKind::Caption {
            let describes = |it: &PagePicture| {
                is_description(&it.alt)
                    && !compare::same_letters(&it.alt, headline)
                    && !all.last().is_some_and(|last| compare::same_letters(&it.alt, &last.text.text))
            };
            let (described, others) = block.pictures.into_iter().partition(describes);
            block.pictures = others;
            all.extend::<Vec<_>>(described.into_iter().map(PageBlock::picture_text).collect());
        }
        all.push(block);
    }
    all
}

/// Whether the text of a picture says what is to be seen, in several words.
fn is_description(alt: &str) -> bool {
    const MIN_WORDS: usize = 4;
    alt.split(' ').count() >= MIN_WORDS && !alt.contains(".jp") && !furniture::is_furniture(alt)
}

/// Whether a block is made of sentences and not mainly of links.
fn is_prose(block: &PageBlock) -> bool {
    const MIN_LETTERS: usize = 30;
    matches!(block.text.kind, BlockKind::Paragraph | BlockKind::Item)
        && block.letters >= MIN_LETTERS
        && block.text.text.ends_with(['.', '!', '?', '”', '"', '’', '…', ')'])
        && block.linked * 2 < block.letters
        && !block.has_role(TextRole::Byline)
        && !block.has_role(TextRole::Date)
}

/// The kind of a selected block.
fn kind_of(block: &PageBlock) -> BlockKind {
    const MAX_CAPTION_LETTERS: usize = 700;
    const MAX_DATE_LETTERS: usize = 80;
    match block.text.kind {
        _ if block.has_role(TextRole::Caption) && block.letters <= MAX_CAPTION_LETTERS => BlockKind::Caption,
        BlockKind::Caption => BlockKind::Caption,
        // A caption without a class is in italics under its picture.
        BlockKind::Paragraph if is_under_picture(block) => BlockKind::Caption,
        _ if is_linked_only(block) => BlockKind::Furniture,
        _ if block.has_role(TextRole::Standfirst) => BlockKind::Standfirst,
        _ if headline::is_date(&block.text.text) => BlockKind::Furniture,
        _ if block.has_role(TextRole::Date) && block.letters <= MAX_DATE_LETTERS => BlockKind::Furniture,
        BlockKind::Heading | BlockKind::Item | BlockKind::Paragraph
            if furniture::is_furniture(&block.text.text) =>
        {
            BlockKind::Furniture
        }
        kind => kind,
    }
}

/// Whether a block is a short text in italics or small letters under a picture.
fn is_under_picture(block: &PageBlock) -> bool {
    const MAX_LETTERS: usize = 250;
    !block.pictures.is_empty() && block.letters <= MAX_LETTERS && block.has_role(TextRole::Emphasis)
}

/// Whether all words of a block are links, or all but a rubric before them ("See more: …").
fn is_linked_only(block: &PageBlock) -> bool {
    const MAX_RUBRIC_LETTERS: usize = 30;
    if block.linked == 0 || block.has_some(TextRole::Quotation) {
        return false;
    }
    let unlinked = block.letters - block.linked;
    let Some((first, _)) = block.text.links.first() else { return unlinked == 0 };
    // A path to the page begins at the front page.
    if block.text.links.len() > 1 && first.slice(&block.text.text).eq_ignore_ascii_case("home") {
        return true;
    }
    let rubric = block.text.text[..first.start].trim_end();
    let rubric_letters = compare::letters(rubric).count();
    unlinked == 0
        || (unlinked <= rubric_letters
            && rubric_letters <= MAX_RUBRIC_LETTERS
            && rubric.ends_with([':', '|', '>', '»', '→', '►']))
}

/// Makes standfirsts of headings before the first paragraph that are sentences.
fn mark_standfirst(blocks: &mut [PageBlock]) {
    const MIN_LETTERS: usize = 35;
    const MAX_LETTERS: usize = 400;
    let is_story = |it: &PageBlock| matches!(it.text.kind, BlockKind::Paragraph | BlockKind::Item);
    let first = blocks.iter().position(is_story).unwrap_or(0);
    for block in &mut blocks[..first] {
        let is_sentence = (MIN_LETTERS..=MAX_LETTERS).contains(&block.letters);
        if block.text.kind == BlockKind::Heading && is_sentence {
            block.text.kind = BlockKind::Standfirst;
        }
    }
}

/// Makes furniture of headings above nothing but furniture, and of a section about the author.
fn mark_sections(blocks: &mut [PageBlock]) {
    let mut in_section = false;
    for block in blocks.iter_mut() {
        if block.text.kind == BlockKind::Heading {
            in_section = furniture::opens_section(&block.text.text);
        }
        if in_section {
            block.text.kind = BlockKind::Furniture;
        }
    }
    let (mut has_story, mut has_furniture) = (false, false);
    for block in blocks.iter_mut().rev() {
        match block.text.kind {
            BlockKind::Heading => {
                if has_furniture && !has_story {
                    block.text.kind = BlockKind::Furniture;
                }
                (has_story, has_furniture) = (false, false);
            }
            BlockKind::Furniture => has_furniture = true,
            BlockKind::Caption => {}
            _ => has_story = true,
        }
    }
}

/// Marks the block quotations, each with the name under it.
pub(crate) fn mark_quotations(blocks: &mut [PageBlock]) {
    let story: usize = blocks.iter().map(|it| it.letters).sum();
    let quoted: usize = blocks.iter().filter(|it| it.quotation.is_some()).map(|it| it.letters).sum();
    // Old pages indent a whole story as a quotation.
    if quoted * 2 > story {
        return;
    }
    for number in 0..blocks.len() {
        let block = &blocks[number];
        let is_name = block.has_role(TextRole::Attribution)
            || (block.quotation.is_some() && block_quotation::begins_with_dash(&block.text.text));
        let first = (0..number).rev().take_while(|it| is_same_quotation(blocks, *it, number)).last();
        if is_name && let Some(first) = first {
            let name = block_quotation::quoted_name(&block.text.text);
            for (distance, quotation) in (1..).zip(blocks[first..number].iter_mut().rev()) {
                quotation.text.quoted_name = name.map(|it| (distance, it));
            }
        } else {
            let is_quotation = block.quotation.is_some() && !block.has_some(TextRole::PullQuote);
            blocks[number].text.is_quotation = is_quotation
                && block.text.kind == BlockKind::Paragraph
                && block_quotation::is_one_quotation(&block.text.text);
        }
    }
}

/// Whether a block belongs to the quotation whose name follows in another block.
fn is_same_quotation(blocks: &[PageBlock], block: usize, name: usize) -> bool {
    let last = &blocks[name - 1];
    blocks[block].text.is_quotation && blocks[block].quotation == last.quotation
}

/// Marks the pull quotes: blocks that show words of the story a second time.
pub(crate) fn mark_pull_quotes(blocks: &mut [PageBlock], first_index: usize) {
    /// A page has few of them; each is looked for in all of its text.
    const MAX_PULL_QUOTES: usize = 32;
    const MIN_LETTERS: usize = 12;
    let letters: Vec<String> = blocks.iter().map(|it| compare::letters(&it.text.text).collect()).collect();
    let is_candidate = |it: &usize| {
        let block = &blocks[*it];
        let is_quoted = block.text.text.starts_with(['“', '"', '‘', '«']);
        block.has_role(TextRole::PullQuote) || (block.has_role(TextRole::Quotation) && is_quoted)
    };
    let candidates: Vec<usize> = (0..blocks.len()).filter(is_candidate).take(MAX_PULL_QUOTES).collect();
    for candidate in candidates.into_iter().filter(|it| letters[*it].len() >= MIN_LETTERS) {
        let holds_it = |it: &usize| *it != candidate && letters[*it].contains(&letters[candidate]);
        match (0..letters.len()).find(holds_it) {
            Some(original) if original < candidate => {
                blocks[candidate].text.repeats = Some(first_index + original);
            }
            Some(_) => blocks[candidate].text.kind = BlockKind::Furniture,
            None => {}
        }
    }
}
