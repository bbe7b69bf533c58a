//! Text made safe, and compared.
pub(crate) mod compare;
pub(crate) mod sanitize;
