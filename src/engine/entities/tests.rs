//! Invented stories and the names in them.

use crate::engine::entities::*;
use crate::engine::tagger::tagged_spans::TaggedEntity;
use crate::engine::tests::with_document;

/// The names of a text with one paragraph a line, each as "pe Ann Lee [mayor]".
fn found(text: &str) -> Vec<String> {
    found_with(text, &[])
}

fn found_with(text: &str, tagged: &[TaggedEntity]) -> Vec<String> {
    with_document(text, |doc| {
        let line = |it: &EntityMention| {
            let kind = &it.kind.name()[..2];
            let roles = it.roles.iter().map(|it| format!("[{}]", it.slice(text)));
            let all = [kind.to_owned(), it.span.slice(text).to_owned()].into_iter().chain(roles);
            all.collect::<Vec<_>>().join(" ")
        };
        find_mentions(doc, &Lexicon::embedded(), tagged, &[]).iter().map(line).collect()
    })
}

#[test]
fn a_name_is_found_with_its_kind_and_its_office() {
    for (text, expected) in [
        (
            "The British foreign minister Ann Lee spoke in Oslo.",
            &["pe Ann Lee [British foreign minister]", "pl Oslo"][..],
        ),
        ("US Secretary of State Ann Lee met Bo Ray.", &["pe Ann Lee [US Secretary of State]", "pe Bo Ray"]),
        ("EU trade policy chief Ines Roth arrived.", &["or EU", "pe Ines Roth [EU trade policy chief]"]),
        (
            "Ann Lee, a doctor at the Harbour Clinic, agreed.",
            &["pe Ann Lee [doctor at the Harbour Clinic]", "or Harbour Clinic"],
        ),
        ("Ann Lee, 45, mayor of Oslo, agreed.", &["pe Ann Lee [mayor of Oslo]", "pl Oslo"]),
        ("Mr. Lee met Dr. Ines Roth.", &["pe Lee", "pe Ines Roth"]),
        ("Minister of Health Ann Lee met Mr. King.", &["pe Ann Lee [Minister of Health]", "pe King"]),
        ("Its chief executive, Ann Lee, left.", &["pe Ann Lee [chief executive]"]),
        ("Ann Lee, Bo Ray and officials agreed.", &["pe Ann Lee", "pe Bo Ray"]),
        (
            "The Foreign Minister of Norway, Ann Lee, left.",
            &["pl Norway", "pe Ann Lee [Foreign Minister of Norway]"],
        ),
        ("We met the MP for Oslo, Ann Lee.", &["pl Oslo", "pe Ann Lee [MP for Oslo]"]),
        ("Spain's finance minister Ann Lee left.", &["pl Spain", "pe Ann Lee [Spain's finance minister]"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn an_organisation_is_recognised_by_its_head_word_and_its_neighbours() {
    for (text, expected) in [
        ("The Ministry of Health and Welfare paid.", &["or Ministry of Health and Welfare"][..]),
        ("A State Department official spoke.", &["or State Department"]),
        ("The Islamic State (IS) group fled.", &["or Islamic State", "or IS"]),
        ("Lee & Sons Ltd sued the Bank of Norway.", &["or Lee & Sons Ltd", "or Bank of Norway"]),
        ("The Harbour Rail Union (HRU) met the HRU board.", &["or Harbour Rail Union", "or HRU", "or HRU"]),
        ("Shares of the company Vantor fell.", &["or Vantor"]),
        ("The Fuel and Grain Commission met Ann Lee.", &["or Fuel and Grain Commission", "pe Ann Lee"]),
        ("The People's Party won.", &["or People's Party"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn a_place_is_recognised_by_the_lists_and_by_the_words_before_it() {
    for (text, expected) in [
        ("They met in Vellmar, Norway.", &["pl Vellmar", "pl Norway"][..]),
        ("It rained near Lake Orren and in Dunmere province.", &["pl Lake Orren", "pl Dunmere"]),
        ("The Paris-based firm left.", &["pl Paris"]),
        ("CAIRO (AP) — It rained.", &["pl CAIRO", "or AP"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn peoples_days_and_openings_are_no_names() {
    for text in [
        "The US-led coalition won.",
        "On Monday the Arab countries and the West agreed.",
        "However, officials declined. Reporters waited.",
        "It was a fight about Islam, said Muslims and Britons in May.",
        "The Prime Minister spoke.",
        "The South African troops were paid US$3 million.",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn one_name_has_one_kind() {
    for (text, expected) in [
        ("Ora Paris spoke. Paris left. Paris slept.", &["pe Ora Paris", "pe Paris", "pe Paris"][..]),
        ("They met Bo Cook. Cook left. Cook for us.", &["pe Bo Cook", "pe Cook", "pe Cook"]),
        ("We met the Harbour Council. Council taxes rose.", &["or Harbour Council"]),
        ("Bo Orren spoke. Orren left.", &["pe Bo Orren", "pe Orren"]),
        ("Ursula von der Leyen spoke. Von der Leyen left.", &["pe Ursula von der Leyen", "pe Von der Leyen"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn a_headline_in_capitals_hides_no_name() {
    let story = "Mayor Ann Lee Will Quit After Talks With Bo Ray in Oslo\nBo Ray met Ann Lee in Oslo.";
    assert_eq!(
        found(story),
        ["pe Ann Lee [Mayor]", "pe Bo Ray", "pl Oslo", "pe Bo Ray", "pe Ann Lee", "pl Oslo"]
    );
}

#[test]
fn a_tagger_wins_over_the_rules() {
    let text = "Mayor Oslo met Vantor.";
    let entity = |start, end, kind| TaggedEntity { span: Span::new(start, end), kind, probability: 0.9 };
    let tagged = [entity(0, 10, EntityKind::Person), entity(15, 21, EntityKind::Place)];
    assert_eq!(found_with(text, &tagged), ["pe Oslo [Mayor]", "pl Vantor"]);
}

#[test]
fn a_bracket_hides_no_role() {
    for (text, expected) in [
        ("Lin Wei (林伟), a surgeon, left.", &["pe Lin Wei [surgeon]"][..]),
        ("Ann Lee (left), mayor of Oslo, agreed.", &["pe Ann Lee [mayor of Oslo]", "pl Oslo"]),
        ("Ann Lee [L], the mayor, agreed.", &["pe Ann Lee [mayor]"]),
        ("Ann Lee (who had come late) and the mayor agreed.", &["pe Ann Lee"]),
        (
            "Harbour Rail Union (HRU) chief Ann Lee left.",
            &["or Harbour Rail Union", "or HRU", "pe Ann Lee [Harbour Rail Union (HRU) chief]"],
        ),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn an_honorific_of_several_words_is_no_role() {
    for (text, expected) in [
        ("Tan Sri Azman Moe left.", &["pe Azman Moe"][..]),
        ("We met Datuk Seri Azman Moe and Datin Seri Ida Moe.", &["pe Azman Moe", "pe Ida Moe"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn the_name_of_a_regime_is_that_of_its_ruler() {
    for (text, expected) in [
        ("They feared the Varr regime.", &["pe Varr"][..]),
        ("The Varr administration fell.", &["pe Varr"]),
        ("They feared the Oslo administration.", &["pl Oslo"]),
        ("They feared the NHB administration.", &["or NHB"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

/// The names of a text in which the tagger finds one, given by its words.
fn found_as(text: &str, words: &str, kind: EntityKind) -> Vec<String> {
    let start = text.find(words).expect("the words of the entity");
    let span = Span::new(start, start + words.len());
    found_with(text, &[TaggedEntity { span, kind, probability: 0.9 }])
}

#[test]
fn a_tagged_name_ends_where_the_name_does() {
    for (text, words, kind, expected) in [
        ("Voters met Ann Lee [R and left.", "Ann Lee [R", EntityKind::Person, &["pe Ann Lee"][..]),
        ("Voters met Ann Lee said.", "Ann Lee said", EntityKind::Person, &["pe Ann Lee"]),
        ("He sang Dorra shavan tel twice.", "Dorra shavan tel", EntityKind::Person, &[]),
        ("Voters met Ida van der tak.", "Ida van der tak", EntityKind::Person, &["pe Ida van der tak"]),
        (
            "It is Oslo’s Old Tarnhouse.",
            "Oslo’s Old Tarnhouse",
            EntityKind::Place,
            &["pl Oslo", "pl Old Tarnhouse"],
        ),
        (
            "It is Aotearoa New Zealand.",
            "Aotearoa New Zealand",
            EntityKind::Organisation,
            &["pl Aotearoa New Zealand"],
        ),
        ("PORT VELL, May 3 — It rained.", "VELL", EntityKind::Place, &["pl PORT VELL"]),
        (
            "Chipmaker Nordic Vell left.",
            "Chipmaker Nordic Vell",
            EntityKind::Organisation,
            &["or Nordic Vell"],
        ),
        (
            "The mayor of Oslo, Knut Varr, left.",
            "Knut Varr",
            EntityKind::Place,
            &["pe Knut Varr [mayor of Oslo]"],
        ),
        (
            "The mayor of Oslo, Varr Ness, left.",
            "Varr Ness",
            EntityKind::Organisation,
            &["pe Varr Ness [mayor of Oslo]"],
        ),
        ("The chairman of Varr left.", "Varr", EntityKind::Person, &["or Varr"]),
        ("Lumo, which makes lamps, left.", "Lumo", EntityKind::Place, &["pl Lumo"]),
        ("It was for the Emir of Qatar.", "Emir of Qatar", EntityKind::Place, &["pl Qatar"]),
        (
            "It was near King of Bay Island.",
            "King of Bay Island",
            EntityKind::Place,
            &["pl King of Bay Island"],
        ),
        (
            "It is Norrland Steel-owned.",
            "Norrland Steel-owned",
            EntityKind::Organisation,
            &["or Norrland Steel"],
        ),
        (
            "It is General Motors-backed.",
            "General Motors-backed",
            EntityKind::Organisation,
            &["or General Motors"],
        ),
    ] {
        assert_eq!(found_as(text, words, kind), expected, "{text}");
    }
}

#[test]
fn its_and_which_mean_no_person() {
    let unsure = |text: &str| {
        let span = Span::new(0, "Lumo".len());
        found_with(text, &[TaggedEntity { span, kind: EntityKind::Person, probability: 0.5 }])
    };
    for (text, expected) in [
        ("Lumo cut its prices.", "or Lumo"),
        ("Lumo said its profit fell.", "or Lumo"),
        ("Lumo, which makes lamps, grew.", "or Lumo"),
        ("Lumo cut his prices.", "pe Lumo"),
        ("Lumo, who makes lamps, grew.", "pe Lumo"),
        ("Lumo of its staff grew.", "pe Lumo"),
    ] {
        assert_eq!(unsure(text), [expected], "{text}");
    }
}

#[test]
fn a_place_has_the_words_that_tell_where_it_lies() {
    let extents = |text: &str| -> Vec<String> {
        with_document(text, |doc| {
            let mentions = find_mentions(doc, &Lexicon::embedded(), &[], &[]);
            mentions.iter().map(|it| it.extent.slice(text).to_owned()).collect()
        })
    };
    for (text, expected) in [
        ("He died in Oslo, Norway, in May.", &["Oslo, Norway", "Norway"][..]),
        ("He died in Oslo, Norway on Monday.", &["Oslo, Norway", "Norway"]),
        ("He died in Oslo, Norway.", &["Oslo, Norway", "Norway"]),
        ("He came from northern Norway.", &["northern Norway"]),
        ("In Oslo, Norway has a port.", &["Oslo", "Norway"]),
        ("They saw Oslo, Norway, Sweden and Spain.", &["Oslo", "Norway", "Sweden", "Spain"]),
        ("They saw Paris, Oslo, Norway.", &["Paris", "Oslo", "Norway"]),
        ("They saw Oslo, Norway and Spain.", &["Oslo", "Norway", "Spain"]),
        ("They saw Spain, Norway.", &["Spain", "Norway"]),
        ("They saw Oslo and Norway.", &["Oslo", "Norway"]),
    ] {
        assert_eq!(extents(text), expected, "{text}");
    }
}

#[test]
fn a_tagged_name_of_the_wrong_kind_is_corrected() {
    for (text, words, kind, expected) in [
        ("It met Dewan Rakyat.", "Dewan Rakyat", EntityKind::Person, &["or Dewan Rakyat"][..]),
        (
            "It met Tarvut Gwitch First Nation.",
            "Tarvut Gwitch First Nation",
            EntityKind::Person,
            &["or Tarvut Gwitch First Nation"],
        ),
        ("It closed Tarn Park School.", "Tarn Park School", EntityKind::Place, &["or Tarn Park School"]),
        (
            "It closed Universidad de Tarn.",
            "Universidad de Tarn",
            EntityKind::Place,
            &["or Universidad de Tarn"],
        ),
        ("Tarn City Hospital said so.", "Tarn City Hospital", EntityKind::Place, &["or Tarn City Hospital"]),
        ("He went to Vellbo supermarket.", "Vellbo", EntityKind::Place, &["or Vellbo"]),
        ("NHBO’s director of roads left.", "NHBO", EntityKind::Place, &["or NHBO"]),
        ("He saw a match against Leeds.", "Leeds", EntityKind::Place, &["or Leeds"]),
        ("He lived in Leeds.", "Leeds", EntityKind::Place, &["pl Leeds"]),
        ("He fought the government of Varr.", "government of Varr", EntityKind::Organisation, &["pe Varr"]),
    ] {
        assert_eq!(found_as(text, words, kind), expected, "{text}");
    }
}

#[test]
fn what_names_nothing_is_left_out_of_a_tagged_story() {
    for (text, words, kind) in [
        ("They flew from Japan-South Korea.", "Japan-South Korea", EntityKind::Place),
        ("They live in Central and South America.", "Central", EntityKind::Place),
        ("The First Lady left.", "Lady", EntityKind::Person),
        ("He rose to Abbot of the house.", "Abbot", EntityKind::Person),
        ("He left the Washington Consensus.", "Washington Consensus", EntityKind::Organisation),
        ("A village of indigenous Tarmi fled.", "Tarmi", EntityKind::Place),
        ("They met June Moe (PH-Tarn Gale).", "PH-Tarn Gale", EntityKind::Organisation),
        ("He is the Director of Education.", "Education", EntityKind::Organisation),
    ] {
        let found = found_as(text, words, kind);
        assert!(found.iter().all(|it| !it.contains(words)), "{text}: {found:?}");
    }
}

#[test]
fn a_tagged_organisation_keeps_its_own_words() {
    for (text, words, expected) in [
        ("He left King’s College London.", "King’s College London", "or King’s College London"),
        ("He left the Prime Minister’s Office.", "Prime Minister’s Office", "or Prime Minister’s Office"),
        (
            "He left the Tarn-based Vell Harbour Group.",
            "Tarn-based Vell Harbour Group",
            "or Vell Harbour Group",
        ),
        (
            "He left the Port Tarn-based Vell Institute.",
            "Port Tarn-based Vell Institute",
            "or Vell Institute",
        ),
        ("He left NHB) Vell Caucus.", "NHB) Vell Caucus", "or Vell Caucus"),
        (
            "He left the foreign ministry’s department of Nordic Affairs.",
            "foreign ministry’s department of Nordic Affairs",
            "or department of Nordic Affairs",
        ),
    ] {
        assert_eq!(found_as(text, words, EntityKind::Organisation), [expected], "{text}");
    }
}

#[test]
fn a_role_has_all_of_its_words() {
    for (text, expected) in [
        ("South Korean President Ann Lee left.", &["pe Ann Lee [South Korean President]"][..]),
        ("Former academy president Ann Lee left.", &["pe Ann Lee [Former academy president]"]),
        ("Traditional owner Ann Lee left.", &["pe Ann Lee [Traditional owner]"]),
        ("They met Sports Minister Datuk Seri Ann Lee.", &["pe Ann Lee [Sports Minister]"]),
        ("Ann Lee, a supporter of Oslo himself, left.", &["pe Ann Lee [supporter of Oslo]", "pl Oslo"]),
        ("Ann Lee’s brother, Bo Ray, left.", &["pe Ann Lee", "pe Bo Ray [Ann Lee’s brother]"]),
        (
            "They met Trade Minister and party leader Ann Lee.",
            &["pe Ann Lee [Trade Minister and party leader]"],
        ),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
    let text = "Tharvak Nith County Commissioner Ann Lee left.";
    let found = found_as(text, "Ann Lee", EntityKind::Person);
    assert_eq!(found, ["pe Ann Lee [Tharvak Nith County Commissioner]"]);
}
