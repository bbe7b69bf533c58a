//! Candidates from the entities of the tagger, cut free of articles and titles.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::candidates::MAX_RUN_WORDS;
use crate::engine::entities::embedded_names::{self, NamesOfStory};
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::scores::{self, KindScores};
use crate::engine::entities::segmentation::{self, Candidate};
use crate::engine::entities::small_word_names::SmallWordNames;
use crate::engine::entities::{
    box_scores, bracket_tags, directions, event_venues, joint_names, kind_checks, match_results, name_edges,
    name_forms, name_words, neighbor_checks, occupations, office_holders, organization_nouns,
    possessive_names, role_holders, small_word_names, told_kinds, word_checks,
};
use crate::engine::tagger::tagged_spans::TaggedEntity;
use crate::engine::text::lexicon::LexicalClass::{
    Auxiliary, CapitalizedNonName, CompanySuffix, Demonym, GivenName, NameParticle, OrgHead, OrgHeadOf,
    OrgNoun, PastTense, PlacePrefix, PlaceSuffix, RoleNoun, SpeechVerb, Title,
};
use crate::engine::text::tokens::TokenKind;

/// Below this probability an organisation with a person's name is a person.
pub(crate) const SURE_ORGANIZATION: f32 = 0.85;
/// Below this probability a name needs other words that speak for it.
pub(crate) const SURE_NAME: f32 = 0.5;
/// Below this probability a common word with a forced capital is no person.
const SURE_PERSON: f32 = 0.9;

/// The candidates of the tagger's entities, in reading order. `runs` are the story's capitalised runs.
pub(crate) fn candidates(
    features: &Features,
    runs: &[Range<usize>],
    tagged: &[TaggedEntity],
) -> Vec<Candidate> {
    let whole_firms = joint_names::with_whole_firms(features, tagged);
    let tagged = &whole_firms[..];
    let in_sentences =
        tagged.iter().filter_map(|it| without_outer_dashes(features, within_sentence(features, *it)));
    let in_sentences = in_sentences.map(|it| role_holders::without_government(features, it));
    let whole = in_sentences.map(|it| with_owned_organization(features, it));
    let whole = whole.map(|it| small_word_names::with_pronoun(features, it));
    let small_words = SmallWordNames::new(features);
    let whole = whole.map(|it| small_words.with_small_word(features, it));
    let story = NamesOfStory::new(features, tagged);
    let whole = whole.flat_map(|it| event_venues::split(features, it));
    let whole = whole.flat_map(|it| box_scores::split(features, it));
    let whole = whole.map(|it| match_results::with_club(features, it));
    let whole = whole.map(|it| office_holders::with_ruler(features, it));
    let whole = whole.flat_map(|it| office_holders::split(features, it));
    let cut = whole.flat_map(|it| embedded_names::split(features, it, &story));
    let entities = cut.flat_map(|it| role_holders::split(features, it));
    let entities = entities.flat_map(|it| joint_names::split(features, it, &story.known));
    let mut candidates: Vec<Candidate> =
        entities.filter_map(|it| candidate_from_tagged(features, runs, &it)).collect();
    candidates.sort_by_key(|it| it.tokens.start);
    neighbor_checks::make_relatives(features, &mut candidates);
    possessive_names::without_parts(candidates)
}

/// An entity of the tagger as a candidate, with the title that stands before it in its run. `None` where it is no name: a
/// role alone ("Secretary of State"), a direction ("the West"), a people ("the Mapuche").
fn candidate_from_tagged(
    features: &Features,
    runs: &[Range<usize>],
    tagged: &TaggedEntity,
) -> Option<Candidate> {
    let tokens = entity_tokens(features, tagged)?;
    let alone = segmentation::segment(features, tokens.clone());
    if alone.is_empty() && tokens.len() > 1 || is_no_name(features, &tokens, tagged.kind) {
        return None;
    }
    let run = runs.get(runs.partition_point(|it| it.end <= tokens.start));
    let start = run.filter(|it| it.start < tokens.start).map_or(tokens.start, |it| it.start);
    let in_run = segmentation::segment(features, start..tokens.end).into_iter().next_back();
    let is_unsure_person = tagged.kind == EntityKind::Organisation
        && tagged.probability < SURE_ORGANIZATION
        && name_words::is_like_full_name(features, &tokens);
    let tagged_kind = if is_unsure_person { EntityKind::Person } else { tagged.kind };
    let checked = kind_checks::checked_kind(features, &tokens, tagged_kind, in_run.as_ref(), alone.first());
    let kind = told_kinds::kind_of_words(features, &tokens, checked).unwrap_or(checked);
    let scores = KindScores::of_kind(kind, scores::TAGGED * tagged.probability)?;
    // "Harbour Council": the rules know what its words tell.
    let is_told = alone.iter().any(|it| it.tokens.end == tokens.end && it.tells(kind));
    let is_doubtful = tagged.probability < SURE_NAME && !is_told;
    let is_person = kind == EntityKind::Person;
    let is_titled = |it: &Candidate| it.tokens.end == tokens.end && it.title.is_some();
    let covers_start = |it: &Candidate| {
        it.tokens.start <= tokens.start
            || it.title.as_ref().is_some_and(|title| title.contains(&tokens.start))
    };
    let person = in_run.filter(|it| {
        is_titled(it) && is_person && covers_start(it) && !name_edges::has_field_before(it, &tokens)
    });
    let titled_alone = || {
        alone
            .into_iter()
            .next_back()
            .filter(|it| is_titled(it) && is_outer_title(features, &tokens, kind, it))
    };
    // "Chief | Harbour Commissioner | Ann Lee"
    let with_office = |mut it: Candidate| {
        let is_office = it.tokens.start < tokens.start && features.is(tokens.start - 1, Title);
        if let Some(title) = it.title.as_mut().filter(|_| is_office) {
            title.end = tokens.start;
            it.tokens = tokens.clone();
        }
        it
    };
    if let Some(titled) = person.map(with_office).or_else(titled_alone) {
        let titled = Candidate { scores, may_be_common_word: false, is_doubtful, ..titled };
        let titled = name_edges::with_end_of_office(features, titled);
        let titled = name_edges::without_joint(features, name_edges::with_inner_honour(features, titled));
        return Some(name_edges::with_own_title(features, titled));
    }
    let rank = name_edges::rank_with_class(features, &tokens);
    let rank = rank.or_else(|| name_edges::title_before_bracket(features, &tokens));
    if let Some(title) = rank.filter(|_| is_person) {
        return Some(Candidate {
            tokens,
            title: Some(title),
            scores,
            may_be_common_word: false,
            is_doubtful,
        });
    }
    let title = is_person.then(|| opening_title(features, &tokens)).flatten();
    let tokens = title.as_ref().map_or(tokens.start, |it| it.end)..tokens.end;
    let is_unsure = !is_person || tagged.probability < SURE_PERSON;
    let may_be_common_word = word_checks::may_be_common_word(features, &tokens, is_person, is_unsure);
    Some(Candidate { tokens, title, scores, may_be_common_word, is_doubtful })
}

/// The occupation or rank before a person's name, inside the words of the tagger or outside them: "Climber | Ann Lee", "DC | Reid".
fn opening_title(features: &Features, tokens: &Range<usize>) -> Option<Range<usize>> {
    let outer = tokens.start.saturating_sub(1)..tokens.end;
    let is_outside = outer.len() > tokens.len()
        && features.doc.sentence_of(outer.start) == features.doc.sentence_of(tokens.start)
        && (occupations::opens_with_occupation(features, &outer)
            || occupations::follows_rank(features, tokens));
    if is_outside {
        return Some(outer.start..tokens.start);
    }
    let is_inside = occupations::opens_with_occupation(features, tokens)
        || occupations::opens_with_rank(features, tokens);
    is_inside.then_some(tokens.start..tokens.start + 1)
}

/// Whether the words of an entity are no name: an office alone, the field of one, a direction, a people.
fn is_no_name(features: &Features, tokens: &Range<usize>, kind: EntityKind) -> bool {
    let is_word = tokens.len() == 1;
    let is_direction = is_word && features.is(tokens.start, CapitalizedNonName);
    // "Two Mapuche were held.": a people is neither an organisation nor a place.
    let is_people =
        is_word && features.is(tokens.start, Demonym) && !features.classes(tokens.start).is_place();
    if is_word && features.lexicon.is_compound_role(features.doc.word(tokens.start))
        || are_numbers(features, tokens)
        || name_words::is_party_member(features, tokens)
    {
        return true;
    }
    match kind {
        EntityKind::Organisation => {
            is_people
                || is_word && name_words::is_joined_office(features, tokens.start)
                || is_choice_of_words(features, tokens)
                || name_words::is_office_alone(features, tokens)
                || name_words::is_field_of_office(features, tokens)
                || name_words::is_field_of_study(features, tokens)
        }
        EntityKind::Place => is_people || is_direction || name_words::is_bare_office(features, tokens),
        _ => {
            let is_surname = features.is(tokens.start, GivenName) || features.follows_capital(tokens.start);
            let is_office = name_words::is_bare_office(features, tokens)
                || is_word && !is_surname && name_words::is_plural_office(features, tokens.start);
            is_people && !is_surname || is_office
        }
    }
}

/// Whether a name is two words that "or", or "and" with an article, joins: "Right or Left", "State and the Party".
fn is_choice_of_words(features: &Features, tokens: &Range<usize>) -> bool {
    let joint = tokens.start + 1;
    match features.form(joint) {
        "or" => tokens.len() == 3,
        "and" => tokens.len() == 4 && features.form(joint + 1) == "the",
        _ => false,
    }
}

/// Whether some tokens are numbers alone: the "51" of "Channel 51".
fn are_numbers(features: &Features, tokens: &Range<usize>) -> bool {
    let is_number = |at: usize| features.doc.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Number);
    tokens.clone().all(is_number)
}

/// Whether the title of a candidate stands before a person's name. "Mohd Shah Nurul": a word of honour inside the name is a part of it.
/// So is a title in the name of an organisation or place ("King Orrin Complex"), unless it is a person that the tagger takes for one: "US
/// Secretary of State John Kerry".
fn is_outer_title(features: &Features, name: &Range<usize>, kind: EntityKind, titled: &Candidate) -> bool {
    let title = titled.title.clone().unwrap_or_default();
    if kind != EntityKind::Person {
        let heads = [CompanySuffix, OrgHead, OrgHeadOf, OrgNoun, PlaceSuffix];
        let has_head = heads.iter().any(|it| features.is(name.end - 1, *it));
        return !has_head && name.contains(&title.end) && features.is(title.end, GivenName);
    }
    let is_inner = title.start > name.start && title.len() == 1;
    let is_role = features.lowercase_classes(title.start).has(RoleNoun);
    !is_inner || is_role && !name_edges::is_inner_honour(features, title.start)
}

/// The part of an entity in its first sentence: "Tarn Ferries Inc. | Piet Maas". What stands behind is found as a name of
/// its own.
fn within_sentence(features: &Features, tagged: TaggedEntity) -> TaggedEntity {
    let tokens = features.doc.tokens_in(tagged.span);
    let sentence = features.doc.sentences.get(features.doc.sentence_of(tokens.start));
    let end = sentence.map_or(tokens.end, |it| it.tokens.end.min(tokens.end));
    // "Del. Ann Lee": the abbreviation is a title that ends no sentence.
    if end <= tokens.start + 1 || end == tokens.end {
        return tagged;
    }
    TaggedEntity { span: features.doc.span(tokens.start..end), ..tagged }
}

/// An entity without the dashes at its edges: "Ann Lee |- “We won.”". `None` where it has nothing else.
fn without_outer_dashes(features: &Features, tagged: TaggedEntity) -> Option<TaggedEntity> {
    let tokens = features.doc.tokens_in(tagged.span);
    let is_word = |it: &usize| !matches!(features.doc.word(*it), "-" | "–" | "—");
    let (first, last) = (tokens.clone().find(is_word)?, tokens.clone().rev().find(is_word)?);
    let words = first..last + 1;
    Some(if words == tokens { tagged } else { TaggedEntity { span: features.doc.span(words), ..tagged } })
}

/// The organisation of which only the place at its start was tagged: "Tarn | Mayor’s Office".
fn with_owned_organization(features: &Features, tagged: TaggedEntity) -> TaggedEntity {
    let tokens = features.doc.tokens_in(tagged.span);
    let is_place = tagged.kind == EntityKind::Place && !tokens.is_empty();
    match possessive_names::organization_of_place(features, &tokens).filter(|_| is_place) {
        Some(organization) => {
            TaggedEntity { span: features.doc.span(organization), kind: EntityKind::Organisation, ..tagged }
        }
        None => tagged,
    }
}

/// The tokens of an entity without the words before its name: words in lower case, a possessive, what a bracket closes. `None` where no
/// name is left.
fn without_words_before(features: &Features, tagged: &TaggedEntity) -> Option<Range<usize>> {
    let mut tokens = features.doc.tokens_in(tagged.span);
    let is_dropped = |at: usize| {
        let is_lowercase = features.get(at).is_some_and(|it| it.shape == WordShape::Lowercase)
            && features.doc.word(at).starts_with(char::is_lowercase);
        let classes = features.lowercase_classes(at);
        // "afrol News" and "ministry of justice" are names as they stand.
        let is_known = tagged.kind == EntityKind::Person
            || !classes.is_empty()
            || organization_nouns::is_organization_noun(features, at)
            || organization_nouns::is_trade_noun(features, at);
        let is_head =
            tagged.kind == EntityKind::Organisation && classes.has(OrgNoun) && features.form(at + 1) == "of";
        is_lowercase && is_known && !is_head && !classes.has(NameParticle)
    };
    // "’s department", "the University’s | Harbour Centre"
    let is_owned = |at: usize| matches!(features.form(at), "'s" | "’s");
    if tokens.len() > 2 && is_owned(tokens.start + 1) && features.lowercase_classes(tokens.start).has(OrgNoun)
    {
        tokens.start += 2;
    } else if tokens.len() > 1 && is_owned(tokens.start) {
        tokens.start += 1;
    }
    tokens.start = bracket_tags::start_behind_party(features, &tokens);
    let has_capital = tokens.clone().any(|it| features.is_capitalized(it));
    // "ruckus", "Norbex-backed": a script without capitals has names too.
    let first = features.doc.word(tokens.start);
    if !has_capital && (first.starts_with(char::is_lowercase) || first.contains('-') && tokens.len() == 1) {
        return None;
    }
    // "the foreign ministry’s | department of roads"
    while has_capital && tokens.len() > 1 && (is_dropped(tokens.start) || is_owned(tokens.start)) {
        tokens.start += 1;
    }
    // "Port Tarn-based | Harbour Group", "NHB) | Harbour Group"
    let bracket = |mark| tokens.clone().rev().skip(1).find(|it| features.form(*it) == mark);
    let close = bracket(")").filter(|_| bracket("(").is_none());
    let compound = tokens.clone().rev().skip(1).find(|it| is_compound(features, *it));
    tokens.start = close.max(compound).map_or(tokens.start, |it| it + 1);
    Some(tokens)
}

/// The tokens of an entity without words in lower case at its start, an organisation's with the "plc" behind it. `None` where
/// there are none, or more than a name can have.
fn entity_tokens(features: &Features, tagged: &TaggedEntity) -> Option<Range<usize>> {
    let mut tokens = without_words_before(features, tagged)?;
    tokens.start = name_edges::start_behind_kind(features, &tokens);
    // "Beth Lowe | .1": the mark of a note
    let stop = tokens.clone().skip(1).find(|it| features.doc.word(*it) == ".");
    if let Some(stop) = stop.filter(|it| are_numbers(features, &(it + 1..tokens.end))) {
        tokens.end = stop;
    }
    // "Simón *": a note below tells more.
    if tokens.len() > 1 && matches!(features.form(tokens.end - 1), "*" | "†") {
        tokens.end -= 1;
    }
    // "Remdoogo | " Opera": the mark closes what opened before the name.
    let is_mark = |it: &usize| matches!(features.form(*it), "\"" | "”");
    if let [mark] = tokens.clone().skip(1).filter(is_mark).collect::<Vec<_>>()[..]
        && tagged.kind != EntityKind::Person
        && !tokens.clone().any(|it| matches!(features.form(it), "“"))
        && !is_mark(&tokens.start)
    {
        tokens.end = mark;
    }
    if tagged.kind == EntityKind::Organisation && features.is(tokens.end, CompanySuffix) {
        tokens.end += 1;
    }
    if tagged.kind != EntityKind::Person {
        tokens.end = name_edges::end_before_other_words(features, &tokens, tagged.kind);
        tokens.end = name_edges::end_with_leader(features, &tokens);
    }
    match tagged.kind {
        EntityKind::Person => {
            tokens = person_words(features, tokens)?;
            tokens.start = start_behind_office(features, &tokens);
            tokens.start = name_edges::start_behind_people(features, &tokens);
            tokens.start = name_edges::start_behind_field(features, &tokens);
            tokens.start = name_edges::start_behind_end_of_office(features, &tokens);
            tokens.start = name_edges::start_with_initials(features, &tokens);
            tokens.end = name_edges::end_behind_saint(features, &tokens);
            tokens.end = name_edges::end_before_acronym(features, &tokens);
            tokens.end = name_edges::end_with_number(features, &tokens);
        }
        EntityKind::Place => {
            tokens.start = name_edges::start_with_article(features, &tokens);
            tokens.start = place_start(features, &tokens);
            tokens.start = directions::start_with_direction(features, &tokens);
            tokens.end = name_edges::end_with_complement(features, &tokens);
            // "Tarn | (Lund": the bracket closes behind the name.
            let open = tokens.clone().skip(1).find(|it| features.form(*it) == "(");
            let is_closed = tokens.clone().any(|it| features.form(it) == ")");
            tokens.end = open.filter(|_| !is_closed).unwrap_or(tokens.end);
        }
        EntityKind::Organisation if tokens.len() > 1 && is_apposed_noun(features, tokens.start) => {
            tokens.start += 1;
        }
        EntityKind::Organisation => {
            tokens = name_edges::words_of_organization(features, tokens);
        }
        _ => {}
    }
    (!tokens.is_empty() && tokens.len() <= MAX_RUN_WORDS).then_some(tokens)
}

/// Whether a word is a compound adjective that begins with a name: "Tarn-based".
fn is_compound(features: &Features, at: usize) -> bool {
    let tail = features.doc.word(at).strip_prefix(features.form(at));
    tail.is_some_and(|it| it.starts_with(['-', '‐', '‑']))
}

/// The words of a person's name without what stands behind them: "Ann Lee [R", "Ann Lee, baker", "Ann Lee | wept". `None` where
/// it is the title of a work in another language: only its first word, which is no given name, has a capital.
fn person_words(features: &Features, tokens: Range<usize>) -> Option<Range<usize>> {
    let ends_name = |at: &usize| match features.form(*at) {
        "(" | "[" | ")" | "]" => true,
        // "Ann Lee, Jr."
        "," => !name_forms::is_generation(features, at + 1),
        _ => false,
    };
    let end = tokens.clone().skip(1).find(ends_name);
    let mut tokens = tokens.start..end.unwrap_or(tokens.end);
    let is_lowercase = |at: usize| {
        let word = features.doc.word(at);
        word.starts_with(char::is_alphabetic) && !word.contains(char::is_uppercase)
    };
    let is_verb = |at: usize| {
        features.lowercase_classes(at).any(&[PastTense, SpeechVerb, Auxiliary])
            && !features.lowercase_classes(at).has(NameParticle)
    };
    // "Ann Lee wept": behind a surname a name ends with no word in lower case but a particle.
    let is_behind_name = |at: usize| {
        at > tokens.start + usize::from(!features.is(tokens.start, GivenName))
            && features.is_capitalized(tokens.start)
            && features.is_capitalized(at - 1)
            && !features.lowercase_classes(at).has(NameParticle)
    };
    let is_outside = |at: usize| is_lowercase(at) && (is_verb(at) || is_behind_name(at));
    while tokens.len() > 1 && is_outside(tokens.end - 1) {
        tokens.end -= 1;
    }
    let is_work = tokens.len() > 1
        && features.is_capitalized(tokens.start)
        && !features.is(tokens.start, GivenName)
        && (tokens.start + 1..tokens.end).all(is_lowercase);
    (!is_work).then_some(tokens)
}

/// Whether a word at the start of a sentence tells what kind of organisation the name behind it is: "Chipmaker | Nordic Vell".
fn is_apposed_noun(features: &Features, at: usize) -> bool {
    // "Broker | Pell Hunt": behind the word for a trade stands a whole name.
    let is_trade = organization_nouns::is_trade_noun(features, at) && features.is_capitalized(at + 2);
    features.get(at).is_some_and(|it| it.is_capital_forced)
        && (is_trade || organization_nouns::is_organization_noun(features, at))
        && !features.classes(at).any(&[OrgHead, OrgHeadOf])
}

/// The start of a place's name with the first word that the tagger left out in capitals ("PORT | ELSEN"), without the office of
/// its ruler.
fn place_start(features: &Features, name: &Range<usize>) -> usize {
    let is_prefix = |at: &usize| {
        features.is(*at, PlacePrefix) && features.get(*at).is_some_and(|it| it.shape == WordShape::Uppercase)
    };
    let prefix = name.start.checked_sub(1).filter(is_prefix);
    // "the Brazilian | Amazon"
    let listed = |start: usize| features.lexicon.classes(&features.phrase(start..name.end)).is_place();
    let has_demonym = name.len() > 1 && features.is(name.start, Demonym);
    if has_demonym && !listed(name.start) && listed(name.start + 1) {
        return name.start + 1;
    }
    prefix.unwrap_or_else(|| start_behind_ruler(features, name))
}

/// The start of a place's name behind the office of its ruler: "Emir of | Qatar". "Prince of Wales Island" is a place.
fn start_behind_ruler(features: &Features, name: &Range<usize>) -> usize {
    let is_office = features.is(name.start, Title) && features.lowercase_classes(name.start).has(RoleNoun);
    let is_joined = name.len() > 2 && features.form(name.start + 1) == "of";
    let is_whole = features.is(name.end - 1, PlaceSuffix)
        || features.lexicon.classes(&features.phrase(name.clone())).is_place();
    let article = usize::from(features.form(name.start + 2) == "the");
    if is_office && is_joined && !is_whole { name.start + 2 + article } else { name.start }
}

/// The start of a person's full name behind an office and the words before that: "Tarnside Elder | Jonas Rill".
fn start_behind_office(features: &Features, name: &Range<usize>) -> usize {
    let inner = name.start + 1..name.end.saturating_sub(2);
    let is_office = |at: &usize| {
        features.classes(*at).has(Title)
            && features.lowercase_classes(*at).has(RoleNoun)
            && features.is(at + 1, GivenName)
    };
    let office = inner.into_iter().find(is_office).filter(|_| !features.is(name.start, GivenName));
    office.map_or(name.start, |it| it + 1)
}
