//! Abbreviations: whether some letters stand for the words of a name.

/// Whether an acronym has the first letters of a name's words in order, and letters inside them: "LKS" for "Lundkrant Sagar dam".
pub(crate) fn abbreviates(acronym: &str, name: &str) -> bool {
    let letters: Vec<char> = acronym.chars().flat_map(char::to_lowercase).collect();
    let is_told = |name: &str| {
        let name = name.to_lowercase();
        let words: Vec<&str> = name.split([' ', '-', '‐', '‑', '–']).filter(|it| !it.is_empty()).collect();
        has_letters(&words, &letters)
    };
    is_told(name) || is_told(without_noun(name))
}

/// A name without the noun in lower case behind it: "Lundkrant Sagar | dam".
fn without_noun(name: &str) -> &str {
    let noun = name.rsplit_once(' ').filter(|it| it.1.starts_with(char::is_lowercase));
    noun.map_or(name, |it| it.0)
}

/// Whether the first letters of some words, and letters inside them, are some letters in order.
pub(crate) fn has_letters(words: &[&str], letters: &[char]) -> bool {
    // How many letters the words up to the last one may have: "readymade garment (RMG)".
    let mut counts = vec![0];
    for word in words {
        let mut further = Vec::new();
        for count in counts {
            let rest = &letters[count..];
            if !rest.first().is_some_and(|it| word.starts_with(*it)) {
                continue;
            }
            let mut inside = word.chars().skip(1);
            let is_inside = |it: &&char| inside.any(|other| other == **it);
            let most = 1 + rest[1..].iter().take_while(is_inside).count();
            further.extend(count + 1..=count + most);
        }
        further.sort_unstable();
        further.dedup();
        counts = further;
    }
    counts.contains(&letters.len())
}
