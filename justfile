# Everyday commands; `just` lists them.

_default:
    @just --list

# Everything that must pass before a change is merged
ci:
    .ci/run

# Fast checks: format, lints, unit tests
check:
    cargo fmt --check
    cargo clippy --locked --all-targets -- -D warnings
    cargo test --locked --lib --bins

# All tests
test:
    cargo test --locked

# Read a story, or the samples
run *STORIES:
    cargo run --release -- {{ STORIES }}

# Draw the README pictures anew
pictures:
    PULLQUOTE_PICTURE=write cargo test --test picture

# Accept changed screen snapshots
snapshots:
    INSTA_UPDATE=always cargo test --bin pullquote

# Accuracy on labelled stories: just score GOLD.jsonl.gz --no-model
score GOLD *OPTIONS:
    cargo bench --bench score -- {{ GOLD }} {{ OPTIONS }}

# Time of the engine, the process and the screen
speed:
    cargo bench --bench speed
    cargo bench --bench screen

# Time and memory as the input grows, for many kinds of input: just growth --sizes 16,64 US
growth *OPTIONS:
    cargo bench --bench growth -- {{ OPTIONS }}

# Whether the inputs that once took the square of their length still take time in proportion, with the times
growth-time:
    cargo test --test growth_time -- --nocapture

# Search for inputs that break the library; needs `cargo install cargo-fuzz` and a nightly compiler
fuzz MINUTES:
    set -e; for target in story analysis settings records network; do \
        case $target in story) seeds="fuzz/corpus/story tests/formats";; network) seeds=tests/tagger;; settings) seeds="fuzz/corpus/settings assets/keys assets/themes";; *) seeds=fuzz/corpus/$target;; esac; \
        mkdir -p target/fuzz/$target; \
        cargo +nightly fuzz run -s none $target target/fuzz/$target $seeds -- \
            -max_total_time=$(({{ MINUTES }} * 60)) -max_len=100000 -timeout=20 -rss_limit_mb=2000 -dict=fuzz/$target.dict; \
    done

# Write THIRD-PARTY.txt anew
notices:
    .ci/notices.py > THIRD-PARTY.txt

# Licences and sources of the dependencies
deny:
    cargo deny check licenses bans sources

# API documentation, private items included
doc:
    cargo doc --no-deps --document-private-items --open
