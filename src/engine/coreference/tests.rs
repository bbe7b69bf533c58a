//! Stories of our own writing: who is in them, and whom the sources mean.

use std::sync::LazyLock;

use crate::engine::coreference::*;
use crate::engine::entities;
use crate::story::{Block, BlockKind, Format, Story};

/// Read once for all stories.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::embedded);

/// The cast of a text whose lines are paragraphs. Sources stand in <angle
/// brackets>, which are taken out; what stands between “marks” is quoted.
fn played(text: &str) -> (Vec<String>, Vec<String>) {
    let mut clean = String::new();
    let (mut sources, mut quoted, mut opened, mut quoted_spans) = (Vec::new(), Vec::new(), 0, 0);
    for letter in text.chars() {
        match letter {
            '<' => opened = clean.len(),
            '>' => sources.push(Span::new(opened, clean.len())),
            _ => {
                if letter == '“' {
                    quoted_spans = clean.len();
                }
                clean.push(letter);
                if letter == '”' {
                    quoted.push(Span::new(quoted_spans, clean.len()));
                }
            }
        }
    }
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in clean.split('\n') {
        blocks.push(Block::new(BlockKind::Paragraph, Span::new(start, start + line.len())));
        start += line.len() + 1;
    }
    let story = Story::new(Format::Plain, clean.clone(), blocks);
    let lexicon = &*LEXICON;
    let doc = Document::new(&story, lexicon);
    let names = entities::find_mentions(&doc, lexicon, &[], &[]);
    let cast = resolve(&doc, &names, &sources, &quoted, lexicon, &TaggerOutput::default());
    for entity in &cast.entities {
        let ends = entity.mentions.windows(2).all(|it| it[0].span.end <= it[1].span.start);
        assert!(ends && entity.mentions.iter().all(|it| !it.span.slice(&clean).is_empty()), "{entity:?}");
    }
    let line = |it: &Entity| {
        let aliases = it.aliases.iter().map(|it| format!(" = {it}")).collect::<Vec<_>>().concat();
        let roles = it.roles.iter().map(|it| format!(" [{it}]")).collect::<Vec<_>>().concat();
        format!("{} {}{aliases}{roles}", &it.kind.name()[..2], it.name)
    };
    let spoken =
        cast.of_source.iter().map(|it| it.entity.map_or("?".into(), |it| cast.entities[it].name.clone()));
    (cast.entities.iter().map(line).collect(), spoken.collect())
}

#[test]
fn names_of_one_person_or_organization_are_one_entity() {
    for (text, expected) in [
        ("Mayor Ann Lee spoke. Lee left.", &["pe Ann Lee = Lee [Mayor]"][..]),
        ("Lee wins the vote\nThe vote was won by Ann Lee.", &["pe Ann Lee = Lee"]),
        ("Ann Lee met Bo Lee. Mr. Lee thanked Mrs. Lee.", &["pe Ann Lee = Lee", "pe Bo Lee = Lee"]),
        ("The Islamic State (IS) group lost. IS fled.", &["or Islamic State = IS"]),
        ("The Harbour Rail Union met. Later HRU left.", &["or Harbour Rail Union = HRU"]),
        ("The U.S. agreed. The US paid the United States.", &["pl United States = U.S. = US"]),
        ("Elizabeth Warren won. Warren left.", &["pe Elizabeth Warren = Warren"]),
        (
            "Ora Moore, adviser to a Clinton, won. Ms. Moore left.",
            &["pe Ora Moore = Moore [adviser to a Clinton]", "pe Clinton"],
        ),
        (
            "Foreign Minister Ann Lee met Ann K. Lee, the mayor.",
            &["pe Ann K. Lee = Ann Lee [Foreign Minister] [mayor]"],
        ),
        ("Ursula von der Leyen left. Von der Leyen spoke.", &["pe Ursula von der Leyen = Von der Leyen"]),
        ("Nora Lux Dahl left. Nora Lux spoke. Lux slept.", &["pe Nora Lux Dahl = Nora Lux = Lux"]),
        ("Mary Ann Lee left. Mary Ann spoke. Ann Ray left.", &["pe Mary Ann Lee = Mary Ann", "pe Ann Ray"]),
        ("Matar Al Tavir left. Al Tavir spoke.", &["pe Matar Al Tavir = Al Tavir"]),
        ("Al Tavir left. Matar Al Tavir spoke.", &["pe Matar Al Tavir = Al Tavir"]),
        ("Ann Lee [left], better known as Jenny, spoke.", &["pe Ann Lee = Jenny"]),
        ("Ann Lee, also known by the nickname “Jenny,” spoke.", &["pe Ann Lee = Jenny"]),
        ("They met FORMER mayor Ann Lee.", &["pe Ann Lee [former mayor]"]),
        ("It was in Oslo, Norway, in May. Norway won.", &["pl Oslo", "pl Norway"]),
        ("Simon Lee Siu-po left. Lee spoke.", &["pe Simon Lee Siu-po = Lee"]),
        ("The Republic of Ghana won. Ghana left.", &["pl Ghana = Republic of Ghana"]),
        (
            "The Ministry of Health left. The Health Ministry paid.",
            &["or Ministry of Health = Health Ministry"],
        ),
        ("The Harbour Rail Union (HaRU) met. Later HaRU left.", &["or Harbour Rail Union = HaRU"]),
        ("They saw Lake Orren, or Lake Vell, in May.", &["pl Lake Orren = Lake Vell"]),
        ("They saw Lake Orren, Lake Vell, or Lake Tarn.", &["pl Lake Orren", "pl Lake Vell", "pl Lake Tarn"]),
        ("Lake Orren, known locally as Lake Vell, froze.", &["pl Lake Orren = Lake Vell"]),
        ("Ann Lee, a singer who performs as Jenny, left.", &["pe Ann Lee = Jenny [singer]"]),
        (
            "They met Ida Moe, head of Norway's nurses.",
            &["pe Ida Moe [head of Norway's nurses]", "pl Norway"],
        ),
        ("Bo Ray came. His wife, Ann Lee, left.", &["pe Bo Ray", "pe Ann Lee [wife of Bo Ray]"]),
    ] {
        assert_eq!(played(text).0, expected, "{text}");
    }
}

#[test]
fn a_source_finds_its_speaker() {
    for (text, expected) in [
        ("Ann Lee left Oslo. “I am tired,” <she> said.", &["Ann Lee"][..]),
        ("Ann Lee met Bob Ray. “Fine,” <he> said. “No,” <she> said.", &["Bob Ray", "Ann Lee"]),
        ("Ann Lee spoke. “Carl Ray lied,” <he> said.", &["?"]),
        (
            "<Ann Lee and Bob Ray> agreed. “Yes,” <they> said.",
            &["Ann Lee and Bob Ray", "Ann Lee and Bob Ray"],
        ),
        ("Vantor Inc rose. “We grow,” <the company> said. <It> added that.", &["Vantor Inc", "Vantor Inc"]),
        (
            "<A State Department official> spoke. <The official> added.",
            &["A State Department official", "A State Department official"],
        ),
        ("Foreign Minister Ann Lee left. <The minister> refused.", &["Ann Lee"]),
        ("<Maria Lopez, a spokeswoman for Vantor>, said so.", &["Maria Lopez"]),
        ("<A spokesman for the ministry> said so.", &["A spokesman for the ministry"]),
        ("<Researchers> said so. <The researchers> added.", &["Researchers", "Researchers"]),
        ("The State Department met. <The department> agreed.", &["State Department"]),
        ("Kim Orr, 8, is ill. “I hurt,” <they> said.", &["Kim Orr"]),
        ("<The report> was out. <It> said so.", &["The report", "The report"]),
        ("<Mayor Ann Lee> met Bob Ray, <who> said no.", &["Ann Lee", "Bob Ray"]),
        ("<US Treasury chief Ann Lee> said so.", &["Ann Lee"]),
        ("<Minister of Health Ann Lee> spoke. <The minister> left.", &["Ann Lee", "Ann Lee"]),
        ("<The head of the port, Bo Ray>, spoke.", &["Bo Ray"]),
        ("<A box> fell. “No,” <she> said.", &["A box", "?"]),
        ("The FBI met. <The campaign> spoke.", &["The campaign"]),
        ("Ann Lee ran. <The Lee campaign> spoke.", &["The Lee campaign"]),
        ("<Democrats> won. <They> left.", &["Democrats", "Democrats"]),
        ("<I> said so. <We> agreed.", &["?", "?"]),
        ("President Ann Lee met former president Bo Ray. <The former president> left.", &["Bo Ray"]),
        ("President Ann Lee met former president Bo Ray. <The president> left.", &["Ann Lee"]),
        ("Ann Lee met ex-mayor Bo Ray. <The former mayor> left.", &["Bo Ray"]),
        ("Deputy Mayor and party leader Ann Lee left. <The deputy leader> spoke.", &["The deputy leader"]),
        ("<The report> was out. <The police report> said so.", &["The report", "The police report"]),
        ("<The police report> was out. <The report> said so.", &["The police report", "The police report"]),
        ("<45.5> said so. <Monday> said so.", &["?", "?"]),
        ("<The group> met. The Harbour Group left.", &["Harbour Group"]),
        ("<The chief> spoke.\nChief Ann Lee left.", &["Ann Lee"]),
        ("Minister Ann Lee left. His successor, Bo Ray, spoke. <The minister> left.", &["Bo Ray"]),
        ("Minister Ann Lee met striker Bo Ray. <The 26-year-old forward> left.", &["Bo Ray"]),
        ("Coach Ann Lee met keeper Bo Ray. <The goalkeeper> left.", &["Bo Ray"]),
        ("Professor Ann Lee spoke. <The 61-year-old> left.", &["Ann Lee"]),
        ("Ann Lee spoke. <The mother of two> left.", &["Ann Lee"]),
        ("The bank Norgold met the Harbour Council. <The bank> paid.", &["Norgold"]),
        ("Vantor Inc, a private bank, met Lee & Sons Ltd. <The bank> paid.", &["Vantor Inc"]),
    ] {
        assert_eq!(played(text).1, expected, "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_has_a_cast_whose_mentions_lie_in_it(
        words in proptest::collection::vec(
            "Ann|Lee|É|Él|\\(ÉB\\)|Mr\\.|Bank|of|the|von|'s|,|\\.|\\n|“|”|US|she|Ǆu|é-based|İB|\\(|\\)|[A-Zé ]{1,4}",
            0..40,
        ),
        cuts in proptest::collection::vec(0usize..400, 0..8),
    ) {
        let text = words.join(" ").replace(['<', '>'], "");
        let mut cuts: Vec<usize> = cuts.into_iter().filter(|it| text.is_char_boundary(*it)).collect();
        cuts.sort_unstable();
        let mut quoted_spans = String::new();
        let mut last = 0;
        for (number, cut) in cuts.iter().enumerate() {
            quoted_spans += &text[last..*cut];
            quoted_spans.push(if number % 2 == 0 { '<' } else { '>' });
            last = *cut;
        }
        quoted_spans += &text[last..];
        let (entities, spoken) = played(&quoted_spans);
        proptest::prop_assert!(entities.iter().all(|it| !it.is_empty()) && spoken.len() <= cuts.len());
    }
}

#[test]
fn an_owner_of_an_office_is_not_its_holder() {
    for (text, expected) in [
        ("“No,” said <Norbex's chief executive, Ann Lee>.", "Ann Lee"),
        ("<Velland's foreign minister, Ingrid Solmark>, said no.", "Ingrid Solmark"),
        ("<Ann Lee's lawyer, Bo Brake>, said no.", "Bo Brake"),
        ("“No,” said <Ravi Ray, Bright Kelp's founder and president>.", "Ravi Ray"),
        ("“No,” said <Nuala Finch, Norbex's director and a former minister>.", "Nuala Finch"),
        ("<Ann Lee's lawyers, Bo Brake and Cora Vane>, said no.", "Bo Brake and Cora Vane"),
        ("<Ann Lee and Bo Ray, Norbex's founders>, said no.", "Ann Lee and Bo Ray"),
        ("<Ann Lee, Bo Ray and others> said no.", "Ann Lee and Bo Ray"),
    ] {
        assert_eq!(played(text).1, [expected], "{text}");
    }
}
