//! ([`Story`](crate::story::Story), [`Analysis`](crate::analysis::Analysis)) → bytes.
