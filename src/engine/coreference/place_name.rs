//! Names of places: which of them mean one place.

use crate::analysis::EntityKind;
use crate::engine::coreference::name_index::NameIndex;
use crate::engine::coreference::person_name::comparable;
use crate::engine::entities::EntityMention;
use crate::engine::text::lexicon::{LexicalClass, Lexicon};
use crate::word_list::word_list;

/// Words that only say what kind of place a name is.
const ISLAND_HEADS: &[&str] = &word_list!("island-heads");
/// Words that say what kind of place a name is, without which the name has an article: "the Tarn" for "the Tarn River".
const WATER_AND_LAND_HEADS: &[&str] = &word_list!("water-and-land-heads");
/// How many bytes may stand between a name and another one in brackets behind it: " (".
const MAX_BRACKET_GAP_BYTES: usize = 2;

impl NameIndex<'_> {
    /// The place of which a name is another form: with or without the word for its kind, or in brackets behind it.
    /// `previous` is the cluster of the mention before it. `None` where several fit.
    pub(crate) fn find_place(
        &self,
        mention: &EntityMention,
        name: &str,
        previous: Option<usize>,
    ) -> Option<usize> {
        if let Some(beside) = previous.filter(|it| self.is_named_in_brackets(*it, mention, name)) {
            return Some(beside);
        }
        let has_article =
            |it: &EntityMention| it.tokens.start.checked_sub(1).is_some_and(|at| self.doc.lower(at) == "the");
        let words: Vec<String> =
            [name.split(' ').next(), name.rsplit(' ').next()].into_iter().flatten().map(comparable).collect();
        let sharing = self.clusters_sharing_word(EntityKind::Place, &words, mention.span.start);
        let is_variant = |it: &usize| {
            let names = &self.clusters[*it].names;
            names.iter().any(|own| is_variant(self.lexicon, own, name, has_article(mention)))
        };
        let mut variants = sharing.into_iter().filter(is_variant);
        let only = variants.next()?;
        variants.next().is_none().then_some(only)
    }

    /// Whether a name in brackets is another name of the place before it, of the same kind: "Lund Islands (Oster Islands)".
    fn is_named_in_brackets(&self, cluster: usize, mention: &EntityMention, name: &str) -> bool {
        let place = &self.clusters[cluster];
        let opens = mention.tokens.start.checked_sub(1).is_some_and(|it| self.doc.word(it) == "(");
        let head = name.rsplit_once(' ').map(|it| it.1);
        let is_same_kind = head.is_some_and(|head| {
            self.lexicon.classes(head).has(LexicalClass::PlaceSuffix)
                && place.names.iter().any(|it| it.rsplit_once(' ').is_some_and(|it| it.1 == head))
        });
        let is_beside = self.histories[cluster]
            .last_before(mention.span.start)
            .is_some_and(|it| mention.span.start - it <= place.name.len() + MAX_BRACKET_GAP_BYTES);
        place.kind == EntityKind::Place && opens && is_same_kind && is_beside
    }
}

/// Whether two names of places differ only by the word for the kind of the place: "Lund" and "Lund Island". The shorter name
/// may be no listed place of its own ("Jersey"), and has an article where the kind is a river or the like: "the Tarn".
/// `has_article` tells whether the second name has one.
fn is_variant(lexicon: &Lexicon, known: &str, name: &str, has_article: bool) -> bool {
    let (known, name): (Vec<&str>, Vec<&str>) = (known.split(' ').collect(), name.split(' ').collect());
    let is_shorter = name.len() < known.len();
    let (long, short) = if is_shorter { (known, name) } else { (name, known) };
    if long.len() != short.len() + 1 || lexicon.classes(&short.join(" ")).is_place() {
        return false;
    }
    let is_same = |part: &[&str]| part.iter().zip(&short).all(|(a, b)| comparable(a) == comparable(b));
    let heads =
        [is_same(&long[..short.len()]).then(|| long[short.len()]), is_same(&long[1..]).then(|| long[0])];
    heads.into_iter().flatten().any(|head| {
        let is_listed = |heads: &[&str]| heads.binary_search(&head).is_ok();
        is_listed(ISLAND_HEADS) || is_shorter && has_article && is_listed(WATER_AND_LAND_HEADS)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_one_name_with_and_without_the_word_for_its_kind() {
        let lexicon = Lexicon::embedded();
        for (known, name, has_article, expected) in [
            ("Lund Aba Island", "Lund Aba", false, true),
            ("Ostrel Islands", "Ostrel", true, true),
            ("Ostrel", "Ostrel Islands", true, true),
            ("Isla Ostrel", "Ostrel", false, true),
            ("Ostrel River", "Ostrel", true, true),
            ("Ostrel River", "Ostrel", false, false),
            ("Jordan River", "Jordan", true, false),
            ("Ostrel Airport", "Ostrel", true, false),
            ("Ostrel Islands", "Ostrel Island", false, false),
            ("Ostrel Island", "Ostrel Island", false, false),
        ] {
            assert_eq!(is_variant(&lexicon, known, name, has_article), expected, "{known}, {name}");
        }
    }
}
