//! Where things go: panes, line breaking, display rows, scrollbar.
pub(crate) mod display_row;
pub(crate) mod list_selection;
pub(crate) mod page;
pub(crate) mod panes;
pub(crate) mod scrollbar;
pub(crate) mod typesetter;
