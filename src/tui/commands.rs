//! Commands of the page: each changes the state in answer to an action.

pub(crate) mod external;
pub(crate) mod filter;
pub(crate) mod motion;
pub(crate) mod search;
pub(crate) mod side_pane;
pub(crate) mod storage;
pub(crate) mod story;
pub(crate) mod theme;
pub(crate) mod tour;
pub(crate) mod typography;
pub(crate) mod undo;
