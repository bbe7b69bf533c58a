//! Organisation matching: the organisation or place of which a name is another form ("NHB" for the National Harbour Board).

use compact_str::CompactString;

use crate::analysis::EntityKind;
use crate::engine::coreference::name_index::{IndexedName, NameIndex};
use crate::engine::coreference::person_name::comparable;
use crate::engine::coreference::{name_spelling, organization_name, turned_names};
use crate::engine::entities::EntityMention;
use crate::engine::text::lexicon::LexicalClass;
use crate::word_list::word_list;

/// An acronym of more letters than this may stand anywhere in the story; a shorter one in brackets after the name, or
/// behind a name of two words.
const MAX_LOCAL_ACRONYM_LETTERS: usize = 2;

/// Words that tell of which level of a state an organisation is, and stand for that state alone: "the City", "the Union".
const LEVELS_OF_STATE: &[&str] = &word_list!("levels-of-state");

impl NameIndex<'_> {
    /// The organisation or place of which a mention is another form. `previous` is the cluster of the mention before it.
    pub(crate) fn find_organization_or_place(
        &self,
        mention: &EntityMention,
        indexed: &IndexedName,
        previous: Option<usize>,
    ) -> Option<usize> {
        let (name, offset) = (indexed.text.as_str(), mention.span.start);
        let full = indexed.long_form_key(self.lexicon);
        if let Some(known) = full.and_then(|it| self.by_name.get(mention.kind, &it)) {
            return self.nearest_cluster(self.holders(Some(known), offset), mention);
        }
        // "Norr-Vell University" and "Norr Vell University"
        let joined = indexed.joined_letters(mention.kind);
        if let Some(known) = joined.and_then(|it| self.by_name.get(mention.kind, &it)) {
            return self.nearest_cluster(self.holders(Some(known), offset), mention);
        }
        let bare: String = name.chars().filter(|it| it.is_alphabetic()).collect();
        let is_acronym = bare.chars().count() > 1 && bare.chars().all(char::is_uppercase);
        let bracketed = mention.tokens.start > 0
            && self.doc.word(mention.tokens.start - 1) == "("
            && self.doc.word(mention.tokens.end) == ")";
        if let Some(beside) = previous.filter(|it| bracketed && self.explains_short_form(*it, mention, &bare))
        {
            return Some(beside);
        }
        if mention.kind == EntityKind::Place {
            return self.find_place(mention, name, previous);
        }
        if indexed.is_long {
            return self.find_variant(mention, indexed);
        }
        if is_acronym {
            let far = self.holders(self.by_initials.get(bare.as_str()), offset);
            let is_short = bare.chars().count() <= MAX_LOCAL_ACRONYM_LETTERS;
            let whole: Vec<usize> =
                far.iter().copied().filter(|it| !is_short || self.is_pair_before(*it, mention)).collect();
            let known =
                if is_short && whole.len() > 1 { None } else { self.nearest_cluster(&whole, mention) };
            return known.or_else(|| self.find_name_with_acronym(mention, name));
        }
        let spelled = self.find_name_that_spells(mention, name);
        if spelled.is_some() {
            return spelled;
        }
        let fits = self.clusters_sharing_word(mention.kind, &[comparable(name)], offset);
        let fits: Vec<usize> = fits.into_iter().filter(|it| self.is_short_form(name, *it)).collect();
        self.nearest_cluster(&fits, mention)
    }

    /// The organisation whose words a name spells with capitals and lower case: `MoFA` for the Ministry of Foreign Affairs, `HISc` for
    /// the Halvik Institute of Science.
    fn find_name_that_spells(&self, mention: &EntityMention, name: &str) -> Option<usize> {
        let capitals: CompactString = name.chars().filter(|it| it.is_uppercase()).collect();
        let is_mixed = capitals.len() > 1 && capitals.len() < name.len();
        let known = self.by_initials.get(&capitals).filter(|_| is_mixed);
        let holders = self.holders(known, mention.span.start);
        let spelled: Vec<usize> = holders
            .iter()
            .copied()
            .filter(|it| name_spelling::is_spelled_by(&self.clusters[*it].name, name))
            .collect();
        self.nearest_cluster(&spelled, mention)
    }

    /// Whether an organisation's name has two words and stands before a mention that no list knows: "Norrland Energy" for "NE".
    fn is_pair_before(&self, cluster: usize, mention: &EntityMention) -> bool {
        let is_known = !self.lexicon.classes(mention.span.slice(self.doc.text)).is_empty();
        let is_before = self.histories[cluster].first_offset() < mention.span.start;
        is_before && !is_known && self.clusters[cluster].name.split(' ').count() == 2
    }

    /// The organisation of which a name of several words is a shorter or a longer form: "UN Harbour Council" and "Harbour
    /// Council". `None` where several have such a form.
    fn find_variant(&self, mention: &EntityMention, indexed: &IndexedName) -> Option<usize> {
        let name = indexed.text.as_str();
        let land = self.land_of_body(mention, indexed);
        let words: Vec<CompactString> =
            [name.split(' ').next(), name.rsplit(' ').next()].into_iter().flatten().map(comparable).collect();
        let sharing = self.clusters_sharing_word(mention.kind, &words, mention.span.start);
        // "Norway’s Foreign Ministry", "the Foreign Ministry in Oslo"
        let (start, end) = (mention.tokens.start, mention.tokens.end);
        let is_owned = start > 0 && matches!(self.doc.word(start - 1), "'s" | "’s");
        let is_in_place =
            self.doc.word(end) == "in" && self.doc.word(end + 1).starts_with(char::is_uppercase);
        // "The Indian Harbour Party met the Harbour Party of India": two in one sentence.
        let sentence = self.doc.sentence_of(mention.tokens.start);
        let is_in_sentence = |it: usize| {
            let last = self.histories[it].last_before(mention.span.start);
            last.is_some_and(|it| self.doc.sentence_of(self.doc.token_at(it)) == sentence)
        };
        let is_variant = |it: &usize| {
            let names = &self.clusters[*it].names;
            let is_same = |own: &String| organization_name::is_variant(self.lexicon, &self.places, own, name);
            let is_turned = |own: &String| turned_names::has_other_order(self.lexicon, own, name);
            let is_told_apart = |it| {
                let is_owned_by_other = is_owned && !self.is_of_same_land(it, land.as_ref());
                is_owned_by_other || is_in_place || is_in_sentence(it)
            };
            names.iter().any(|own| is_same(own) && !(is_turned(own) && is_told_apart(*it)))
        };
        let mut variants =
            sharing.into_iter().filter(|it| !self.is_of_other_land(*it, land.as_ref())).filter(is_variant);
        let Some(only) = variants.next() else { return self.find_name_of_acronym(mention, name) };
        variants.next().is_none().then_some(only)
    }

    /// The organisation with the initials that begin a name, where the other words tell only its kind: "OHP Initiative" for the
    /// Open Harbour Partnership.
    fn find_name_of_acronym(&self, mention: &EntityMention, name: &str) -> Option<usize> {
        let acronym = name.split(' ').next().filter(|it| it.chars().all(char::is_uppercase))?;
        let is_long = acronym.chars().count() > MAX_LOCAL_ACRONYM_LETTERS;
        let is_named = is_long && organization_name::adds_kind(self.lexicon, name, acronym);
        let known = self.by_initials.get(acronym).filter(|_| is_named);
        self.nearest_cluster(self.holders(known, mention.span.start), mention)
    }

    /// The only organisation whose name is an acronym and words for its kind or its people: "NHB Holdings", "Norwegian NHB" for "NHB".
    fn find_name_with_acronym(&self, mention: &EntityMention, name: &str) -> Option<usize> {
        let sharing = self.clusters_sharing_word(mention.kind, &[comparable(name)], mention.span.start);
        let is_named = |it: &usize| {
            let long = &self.clusters[*it].name;
            let is_end =
                || long.ends_with(name) && self.is_behind_people(&long.split(' ').collect::<Vec<_>>());
            // "NHB News" is the newsroom of NHB.
            let is_newsroom = || long.strip_prefix(name) == Some(" News");
            organization_name::adds_kind(self.lexicon, long, name) || is_newsroom() || is_end()
        };
        let mut named = sharing.into_iter().filter(is_named);
        let only = named.next()?;
        named.next().is_none().then_some(only)
    }

    /// Whether a word is the kind or the first word of the longer name of a cluster.
    fn is_short_form(&self, name: &str, cluster: usize) -> bool {
        const CLUBS: &[&str] = &word_list!("club-words");
        let long: Vec<&str> = self.clusters[cluster].name.split(' ').collect();
        let (first, last) = (long.first() == Some(&name), long.last() == Some(&name));
        // "the City" is not the "City Police".
        let is_level = first && !last && LEVELS_OF_STATE.binary_search(&name).is_ok();
        if is_level && !matches!(long[1], "of" | "for") {
            return false;
        }
        let known = self.lexicon.classes(name);
        let kind = known.any(&[LexicalClass::OrgHeadOf, LexicalClass::OrgHead]) && (first || last);
        let is_other = &[LexicalClass::Demonym, LexicalClass::Organization, LexicalClass::GivenName];
        let own = !known.is_place() && !known.any(is_other);
        // "Eximbank" of "Korea Eximbank"
        let before = &long[..long.len() - 1];
        let behind_place =
            last && own && !before.is_empty() && organization_name::is_place_or_owner(self.lexicon, before);
        // "Galaxy" of "Orrin Galaxy", "Varr" of "NB Varr"
        let is_own_word = |word: &str| {
            let is_word = word.starts_with(char::is_uppercase);
            is_word && self.lexicon.classes(word).is_empty() && !self.is_noun_for_organization(word)
        };
        let behind_word = last && long.len() == 2 && is_own_word(long[0]) && is_own_word(name);
        // "Varr" of "Deportivo Varr"
        let is_of_club =
            last && !known.any(is_other) && before.iter().all(|it| CLUBS.binary_search(it).is_ok());
        // "Amnesty" of "Amnesty International"
        let is_listed = known.has(LexicalClass::Organization) && !known.is_place();
        let has_tail = first && is_listed && organization_name::is_told_behind_name(self.lexicon, &long[1..]);
        // "Chandra" of "Chandra Metals"
        let is_trade = |it: &&str| {
            self.lexicon.classes(it).has(LexicalClass::OrgHead)
                || organization_name::are_left_out(self.lexicon, &[it])
        };
        let is_named_after = first && known.has(LexicalClass::GivenName) && long[1..].iter().all(is_trade);
        // "Aramco" of "Saudi Aramco"
        let is_end = behind_place || behind_word || is_of_club || last && self.is_behind_people(&long);
        // "Chamber" of "Tarn Chamber of Bakers"
        let is_head = known.any(&[LexicalClass::OrgHeadOf, LexicalClass::OrgHead]);
        let is_head = is_head && !known.has(LexicalClass::Organization);
        let has_complement = is_head && long.windows(2).any(|it| it == [name, "of"] || it == [name, "for"]);
        long.len() > 1 && (kind || has_complement || (first && own) || is_end || has_tail || is_named_after)
    }

    /// Whether a name is one word behind that of a people: "Norwegian NHKB".
    fn is_behind_people(&self, name: &[&str]) -> bool {
        matches!(name, [people, _] if self.lexicon.classes(people).has(LexicalClass::Demonym))
    }

    /// Whether a word is a noun for a kind of organisation, with a capital or without.
    fn is_noun_for_organization(&self, word: &str) -> bool {
        let nouns = [LexicalClass::OrgNoun, LexicalClass::OrgHead, LexicalClass::OrgHeadOf];
        self.lexicon.classes(&word.to_lowercase()).any(&nouns)
    }
}
