//! Bytes → [`Story`](crate::story::Story).
