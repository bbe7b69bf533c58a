//! Page tree: the elements and texts of a page in document order, with sums over each subtree.

use std::collections::HashSet;
use std::ops::Range;

use dom_query::{Document, NodeId, NodeRef};

use crate::load::format::html::element_class::{self, ClassWords};

/// An element or a text of a page.
pub(crate) struct PageNode<'a> {
    pub(crate) node: NodeRef<'a>,
    /// The element's name in lower case; empty for a text.
    pub(crate) name: String,
    /// The words of the element's class and id.
    pub(crate) words: ClassWords,
    /// The index of the parent; the index itself for the root.
    pub(crate) parent: usize,
    /// The index after the last descendant.
    pub(crate) end: usize,
}

/// All nodes of a page, a parent before its children.
pub(crate) struct PageTree<'a> {
    pub(crate) nodes: Vec<PageNode<'a>>,
    /// For each index, the totals of the texts before it.
    before: Vec<TextTotals>,
}

/// Numbers of letters and digits in the texts of a subtree, and of its block elements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TextTotals {
    pub(crate) letters: usize,
    /// Letters inside links.
    pub(crate) linked: usize,
    /// Letters that readability counts to the article.
    pub(crate) kept: usize,
    /// Elements that begin a block.
    pub(crate) blocks: usize,
    /// Elements `blockquote`.
    pub(crate) quotations: usize,
    /// Elements `img`.
    pub(crate) pictures: usize,
}

impl<'a> PageTree<'a> {
    /// The tree of a page, in which `kept` are the texts that readability chose.
    pub(crate) fn new(page: &'a Document, kept: &HashSet<NodeId>) -> Self {
        let mut nodes: Vec<PageNode> = Vec::new();
        let mut before = vec![TextTotals::default()];
        // Steps on the heap, since a page may be nested more deeply than the stack allows.
        let mut steps = vec![TreeStep::Enter { node: page.html_root(), parent: 0, in_link: false }];
        while let Some(step) = steps.pop() {
            let (node, parent, in_link) = match step {
                TreeStep::Leave(index) => {
                    nodes[index].end = nodes.len();
                    continue;
                }
                TreeStep::Enter { node, parent, in_link } => (node, parent, in_link),
            };
            let index = nodes.len();
            let name = node.node_name().map_or_else(String::new, |it| it.to_ascii_lowercase());
            let mut totals = *before.last().unwrap_or(&TextTotals::default());
            let mut words = ClassWords::default();
            if name.is_empty() {
                if !node.is_text() {
                    continue;
                }
                let letters = node.text().chars().filter(|ch| ch.is_alphanumeric()).count();
                totals.letters += letters;
                totals.linked += if in_link { letters } else { 0 };
                totals.kept += if kept.contains(&node.id) { letters } else { 0 };
            } else {
                totals.blocks += usize::from(element_class::is_block(&name));
                totals.quotations += usize::from(name == "blockquote");
                totals.pictures += usize::from(name == "img");
                words = ClassWords::of(&node);
            }
            before.push(totals);
            let in_link = in_link || (name == "a" && node.has_attr("href"));
            steps.push(TreeStep::Leave(index));
            if !element_class::is_skipped(&name) {
                let children = node.children_it(true);
                steps.extend(children.map(|node| TreeStep::Enter { node, parent: index, in_link }));
            }
            nodes.push(PageNode { node, name, words, parent, end: index + 1 });
        }
        Self { nodes, before }
    }

    /// The totals of a subtree.
    pub(crate) fn totals(&self, index: usize) -> TextTotals {
        self.totals_in(index..self.nodes[index].end)
    }

    /// The totals of a range of nodes.
    pub(crate) fn totals_in(&self, range: Range<usize>) -> TextTotals {
        let (start, end) = (self.before[range.start], self.before[range.end]);
        TextTotals {
            letters: end.letters - start.letters,
            linked: end.linked - start.linked,
            kept: end.kept - start.kept,
            blocks: end.blocks - start.blocks,
            quotations: end.quotations - start.quotations,
            pictures: end.pictures - start.pictures,
        }
    }

    /// The indices from a node to the root, the node first.
    pub(crate) fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> {
        let parent = |it: &usize| Some(self.nodes[*it].parent).filter(|parent| parent != it);
        std::iter::successors(Some(index), parent)
    }

    /// The lowest node that contains all letters that readability chose; `None` if it chose none.
    pub(crate) fn kept_root(&self) -> Option<usize> {
        let all = self.before.last()?.kept;
        let mut root = (all > 0).then_some(0)?;
        loop {
            let mut child = root + 1;
            let holds_all = loop {
                if child >= self.nodes[root].end {
                    break false;
                }
                if self.totals(child).kept == all {
                    break true;
                }
                child = self.nodes[child].end;
            };
            if !holds_all {
                return Some(root);
            }
            root = child;
        }
    }

    /// Whether an element begins a block: its name says so, or a block stands in it.
    pub(crate) fn is_block(&self, index: usize) -> bool {
        self.totals(index).blocks > 0
    }

    /// The value of an attribute; empty without it.
    pub(crate) fn attribute(&self, index: usize, name: &str) -> String {
        self.nodes[index].node.attr(name).map_or_else(String::new, |it| it.to_string())
    }

    /// The elements of a subtree, with their indices.
    pub(crate) fn elements_in(&self, index: usize) -> impl Iterator<Item = (usize, &PageNode<'a>)> {
        let range = index..self.nodes.get(index).map_or(index, |it| it.end);
        range.map(|it| (it, &self.nodes[it])).filter(|it| !it.1.name.is_empty())
    }
}

/// A step of the walk through a document.
enum TreeStep<'a> {
    Enter {
        node: NodeRef<'a>,
        parent: usize,
        in_link: bool,
    },
    /// The index of the node whose descendants have been entered.
    Leave(usize),
}
