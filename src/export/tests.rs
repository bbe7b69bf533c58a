//! Tests of the export formats, on one story with every kind of quote and entity.

use crate::analysis::{
    Analysis, AttributionRule, Entity, EntityKind, Mention, MentionKind, Quote, QuoteKind,
};
use crate::correction::{self, Correction, Verdict};
use crate::export::{Csv, Export, Html, Json, Jsonl, Markdown, Text};
use crate::span::Span;
use crate::story::{Block, BlockKind, Format, Story};

const TEXT: &str = "\
Flood *wall* fails
By Ida Moor
“We warned them,” said Ann Lee, the mayor. “Twice.
“And twice they slept.”
=1+1 is what the “dam” cost, an aide said.";

#[test]
fn text_gives_the_story_and_under_each_paragraph_its_quotes() {
    assert_eq!(
        Text.render(&story(), &analysis()),
        "\
Flood *wall* fails

By Ida Moor · flood.txt

“We warned them,” said Ann Lee, the mayor. “Twice.

    Quote 1, said by Ann Lee, the mayor (direct): “We warned them,” “Twice. “And
        twice they slept.”

“And twice they slept.”

=1+1 is what the “dam” cost, an aide said.

    Quote 2, said by an aide, for Norbex (paraphrase, uncertain): =1+1 is what
        the “dam” cost
    Quote 3, said by an unknown speaker (partial): “dam”

People
    Ann Lee, the mayor: also Lee; 1 quote; 1 mention

Unnamed sources
    an aide, for Norbex: 1 quote; 0 mentions

Organisations
    Norbex: 0 mentions
"
    );
}

#[test]
fn markdown_gathers_quotes_under_their_speakers_and_lets_no_word_become_a_mark() {
    assert_eq!(
        Markdown.render(&story(), &analysis()),
        r"# Flood \*wall\* fails

By Ida Moor · flood.txt

## Quotes

### Ann Lee, the mayor

> “We warned them,” “Twice.
>
> “And twice they slept.”

Quote 1, direct

### an aide, for Norbex (unnamed)

> \=1+1 is what the “dam” cost

Quote 2, paraphrase, uncertain

### Unknown speaker

> “dam”

Quote 3, partial

## People

- **Ann Lee, the mayor** (also Lee; 1 quote; 1 mention)

## Unnamed sources

- **an aide, for Norbex** (1 quote; 0 mentions)

## Organisations

- **Norbex** (0 mentions)
"
    );
}

#[test]
fn the_page_marks_quotes_with_their_speakers_and_lists_them() {
    let page = Html.envelope(false).head.to_owned() + &Html.render(&story(), &analysis());
    let page = dom_query::Document::from(page.as_str());
    let text =
        |selector: &str| page.select(selector).iter().map(|it| it.text().to_string()).collect::<Vec<_>>();
    assert_eq!(text("h1"), ["Flood *wall* fails"]);
    assert_eq!(text(".story .q.s1"), ["“We warned them,”", "“Twice.", "“And twice they slept.”"]);
    assert_eq!(text(".story .q.paraphrase"), ["=1+1 is what the ", " cost"]);
    assert_eq!(text(".story .q.partial"), ["“dam”"]);
    assert_eq!(text(".story .person"), ["Ann Lee"]);
    assert_eq!(
        text("aside label b"),
        ["Everyone", "1 Ann Lee, the mayor", "2 an aide, for Norbex (unnamed)", "? Unknown speaker"]
    );
    assert_eq!(text("aside li small"), ["direct", "paraphrase, uncertain", "partial"]);
    for link in &page.select("aside a") {
        let target = link.attr("href").unwrap();
        assert_eq!(page.select(&target).length(), 1, "{target}");
    }
}

#[test]
fn the_headline_of_the_page_has_its_quotes_and_is_not_repeated_below() {
    let text = "Wall “will hold”, mayor says\nIt rained.";
    let blocks = [(BlockKind::Headline, Span::new(0, 32)), (BlockKind::Paragraph, Span::new(33, 43))];
    let story =
        Story::new(Format::Plain, text.into(), blocks.map(|(kind, span)| Block::new(kind, span)).to_vec());
    let quotes = vec![quote(QuoteKind::Mixed, vec![Span::new(5, 20)], None)];
    let analysis = Analysis { quotes, ..Analysis::default() };
    let page = Html.envelope(false).head.to_owned() + &Html.render(&story, &analysis);
    let page = dom_query::Document::from(page.as_str());
    assert_eq!(&*page.select("h1 .q.partial").text(), "“will hold”");
    assert_eq!(page.select(".story").text().trim(), "It rained.");
    assert_eq!(page.select("h1.long").length(), 0);
}

#[test]
fn no_text_of_a_story_becomes_html() {
    let hostile = "<script>alert(1)</script> & \"“<b onclick='x'>It rained</b>,”\" said </style><i>Ann";
    let span = Span::new(0, hostile.len());
    let mut story = Story::new(Format::Plain, hostile.into(), vec![Block::new(BlockKind::Paragraph, span)]);
    story.source = Some("<img src=x>.txt".into());
    let entities = vec![Entity::new(EntityKind::Person, "</style><script>Ann")];
    let quotes = vec![quote(QuoteKind::Direct, vec![span], Some(0))];
    let analysis = Analysis { entities, quotes, ..Analysis::default() };
    let page = Html.envelope(false).head.to_owned() + &Html.render(&story, &analysis);
    let page = dom_query::Document::from(page.as_str());
    assert_eq!(page.select("script, img, i, .story b").length(), 0);
    assert_eq!(&*page.select(".story p").text(), hostile);
    assert_eq!(&*page.select("aside .speaker b").text(), "1 </style><script>Ann");
}

#[test]
fn csv_has_a_row_for_each_quote_and_no_formula() {
    assert_eq!(
        Csv.envelope(true).head.to_owned() + &Csv.render(&story(), &analysis()),
        "\
story,source,quote,kind,speaker,role,mention,cue,confidence,rule,start,end,text,affiliation,verified,filter,speaker_kind
Flood *wall* fails,flood.txt,1,direct,Ann Lee,the mayor,Ann Lee,said,0.98,cue-then-speaker,31,115,\
\"“We warned them,” “Twice. “And twice they slept.”\",,no,,person
Flood *wall* fails,flood.txt,2,paraphrase,an aide,,,,0.40,nearest,116,147,'=1+1 is what the “dam” cost,Norbex,no,,unnamed
Flood *wall* fails,flood.txt,3,partial,,,,,0.00,unknown,133,142,“dam”,,no,,
"
    );
}

#[test]
fn json_is_the_published_shape_in_its_order() {
    let line = Jsonl.render(&story(), &analysis());
    assert!(line.starts_with(
        r#"{"schema":"pullquote/1","id":null,"source":"flood.txt","format":"plain","title":"Flood *wall* fails","byline":"By Ida Moor","dateline":null,"published":null,"text":"Flood"#
    ));
    for part in [
        r#""blocks":[{"kind":"headline","start":0,"end":18,"repeats":null,"label":null,"dateline":null},"#,
        r#""entities":[{"id":0,"kind":"person","name":"Ann Lee","roles":["the mayor"],"aliases":["Lee"],"mentions":[{"start":58,"end":65,"form":"name"}],"quotes":[0],"members":[],"affiliation":null,"number":1},"#,
        r#""quotes":[{"id":0,"number":1,"act":"speech","kind":"direct","parts":[{"start":31,"end":52},"#,
        r#""speaker":0,"speaker_mention":{"start":58,"end":65},"cue":{"start":53,"end":57},"rule":"cue-then-speaker","confidence":0.98,"verified":false},"#,
        r#""speaker":null,"speaker_mention":null,"cue":null,"rule":"unknown","confidence":0.0,"verified":false}],"outlet":null,"url":null,"links":[],"pictures":[],"retrieved":null}"#,
    ] {
        assert!(line.contains(part), "{part}\nis not in\n{line}");
    }
    assert_eq!(line.matches('\n').count(), 1);
    let pretty: serde_json::Value = serde_json::from_str(&Json.render(&story(), &analysis())).unwrap();
    assert_eq!(pretty, serde_json::from_str::<serde_json::Value>(&line).unwrap());
}

#[test]
fn what_is_refused_has_a_line_in_json_alone() {
    let line = Jsonl.render_error(Some("a"), "it is empty");
    assert_eq!(line.as_deref(), Some("{\"id\":\"a\",\"error\":\"it is empty\"}\n"));
    assert!(Csv.render_error(Some("a"), "it is empty").is_none());
}

#[test]
fn what_the_user_has_decided_is_verified_in_every_format() {
    let (story, mut analysis) = (story(), analysis());
    let aide = analysis.quotes.remove(1);
    let plain = Jsonl.render(&story, &analysis);
    analysis.quotes.push(Quote { rule: AttributionRule::User, speaker: Some(0), confidence: 1.0, ..aide });
    analysis.rejected.push(analysis.quotes.remove(1));
    let text = Text.render(&story, &analysis);
    assert!(text.contains("Quote 2, said by Ann Lee, the mayor (paraphrase, verified)"), "{text}");
    assert!(text.contains("\n\nRejected by you\n    “dam”\n\nPeople"), "{text}");
    let notes = Markdown.render(&story, &analysis);
    assert!(notes.contains("Quote 2, paraphrase, verified\n"), "{notes}");
    assert!(notes.contains("## Rejected by you\n\n- “dam”\n\n## People"), "{notes}");
    let sheet = Csv.render(&story, &analysis);
    assert!(
        sheet.contains("paraphrase,Ann Lee,the mayor,,,1.00,reader,116,147,") && !sheet.contains(",partial,")
    );
    let line = Jsonl.render(&story, &analysis);
    assert!(line.contains(r#""rule":"reader","confidence":1.0,"verified":true}],"outlet":null,"#), "{line}");
    assert!(line.ends_with(
        "\"struck\":[{\"kind\":\"partial\",\"parts\":[{\"start\":133,\"end\":142}],\"text\":\"“dam”\"}]}\n"
    ));
    assert!(!plain.contains("struck") && !plain.contains("\"verified\":true"));
    assert!(sheet.lines().nth(1).is_some_and(|it| it.contains(",yes,,")), "{sheet}");
    let page = Html.render(&story, &analysis);
    assert!(page.contains("paraphrase, verified"), "{page}");
}

#[test]
fn a_speaker_has_the_same_number_and_hue_whatever_becomes_of_the_quotes() {
    let (story, found) = (story(), analysis());
    let label = "<div class=\"speaker h2\"><label><input type=\"radio\" name=\"speaker\" value=\"";
    let aide = |page: &str| {
        page.split(label).nth(1).is_some_and(|it| it[1..].starts_with("\"> <b><span>2</span> an aide"))
    };
    assert!(aide(&Html.render(&story, &found)), "{}", Html.render(&story, &found));
    let selection = crate::selection::QuoteSelection { speakers: vec!["aide".into()], ..Default::default() };
    let alone = selection.apply(found.clone());
    assert!(aide(&Html.render(&story, &alone)), "{}", Html.render(&story, &alone));
    assert!(Jsonl.render(&story, &alone).contains("\"affiliation\":2,\"number\":2"), "{alone:?}");
    let unknown = Correction::new(&found.quotes[0], Verdict::UnknownSpeaker);
    assert!(aide(&Html.render(&story, &correction::apply(&[unknown], found))));
}

#[test]
fn a_mention_in_a_repeated_block_is_not_counted_twice() {
    let (story, mut analysis) = (story(), analysis());
    let text = story.text().to_string();
    let mut blocks = story.blocks().to_vec();
    // The byline is repeated as the paragraph in which Ann Lee is named.
    blocks[2].repeats = Some(1);
    let repeated = Story::new(Format::Plain, text, blocks);
    analysis.entities[0].mentions.push(Mention::new(Span::new(20, 24), MentionKind::Name));
    for (story, mentions) in [(&story, "2 mentions"), (&repeated, "1 mention)")] {
        let notes = Markdown.render(story, &analysis);
        let row = notes.lines().find(|it| it.starts_with("- **Ann Lee")).unwrap();
        assert!(row.contains(mentions), "{row}");
        assert!(Text.render(story, &analysis).contains(mentions.trim_end_matches(')')));
    }
}

#[test]
fn a_long_quote_is_whole_in_every_format() {
    let text = "so ".repeat(100) + "ends";
    let span = Span::new(0, text.len());
    let story = Story::new(Format::Plain, text.clone(), vec![Block::new(BlockKind::Paragraph, span)]);
    let quotes = vec![quote(QuoteKind::Direct, vec![span], None)];
    let analysis = Analysis { quotes, ..Analysis::default() };
    let told = Text.render(&story, &analysis);
    let words: Vec<&str> = told.split("(direct): ").nth(1).unwrap().split_whitespace().collect();
    assert!(words.join(" ").starts_with(&text), "{told}");
    assert!(told.lines().all(|it| it.chars().count() <= 80), "{told}");
    for export in [&Html as &dyn Export, &Markdown, &Csv, &Json] {
        assert!(export.render(&story, &analysis).matches("ends").count() >= 1);
    }
}

/// What is exported of the last quote alone.
fn filtered() -> Analysis {
    analysis().excerpted("only quotes & words", |number, _| number == 2)
}

#[test]
fn what_is_filtered_says_so_and_by_what_and_keeps_the_numbers_of_its_quotes() {
    let text = Text.render(&story(), &filtered());
    assert!(text.contains("flood.txt\n\nFiltered: only quotes & words (1 of 3 quotes)\n\n"), "{text}");
    assert!(text.contains("    Quote 3, said by an unknown speaker (partial): “dam”"), "{text}");
    let notes = Markdown.render(&story(), &filtered());
    assert!(
        notes.contains("flood.txt\n\nFiltered: only quotes & words (1 of 3 quotes)\n\n## Quotes"),
        "{notes}"
    );
    assert!(notes.contains("Quote 3, partial\n") && !notes.contains("Quote 1"), "{notes}");
    let page = Html.render(&story(), &filtered());
    assert!(
        page.contains("<p class=\"filter\">Filtered: only quotes &amp; words (1 of 3 quotes)</p>"),
        "{page}"
    );
    let id = |page: &str| page.split(" id=\"").last().and_then(|it| it.split('"').next()).map(str::to_owned);
    assert_eq!(id(&page), id(&Html.render(&story(), &analysis())), "{page}");
    let sheet = Csv.render(&story(), &filtered());
    assert!(
        sheet.contains(",3,partial,") && sheet.ends_with(",no,only quotes & words (1 of 3 quotes),\n"),
        "{sheet}"
    );
    let line = Jsonl.render(&story(), &filtered());
    assert!(line.contains(r#""quotes":[{"id":0,"number":3,"act""#), "{line}");
    assert!(line.contains(r#","filter":{"description":"only quotes & words","total":3}}"#), "{line}");
    for export in [&Html as &dyn Export, &Markdown, &Csv, &Json, &Text] {
        let whole = export.render(&story(), &analysis().excerpted("only all", |_, _| true)).to_lowercase();
        assert!(!whole.contains("only all") && !whole.contains("filter\""), "{whole}");
    }
}

#[test]
fn a_first_paragraph_in_the_place_of_the_headline_is_a_paragraph() {
    let first = "The council of Oddmouth will raise the wall along the harbour by two metres, Mayor Ann Lee \
                 said on Monday after a night of rain.";
    let text = format!("{first}\nIt rained.");
    let blocks = [
        (BlockKind::Headline, Span::new(0, first.len())),
        (BlockKind::Paragraph, Span::new(first.len() + 1, text.len())),
    ];
    let story = Story::new(Format::Plain, text, blocks.map(|(kind, span)| Block::new(kind, span)).to_vec());
    let title = "The council of Oddmouth will raise the wall along the harbour by two …";
    let notes = Markdown.render(&story, &Analysis::default());
    assert!(notes.starts_with(&format!("# {title}\n")), "{notes}");
    let page = Html.render(&story, &Analysis::default());
    assert!(
        page.contains(&format!("<h1>{title}</h1>")) && page.contains(&format!("<p>{first}</p>")),
        "{page}"
    );
    let told = Text.render(&story, &Analysis::default());
    assert!(told.starts_with("The council") && told.matches("The council").count() == 1, "{told}");
    // Programs are not told of a title that the story does not have.
    assert!(Json.render(&story, &Analysis::default()).contains("\"title\": null"));
    let quotes = vec![quote(QuoteKind::Indirect, vec![Span::new(0, 11)], None)];
    let sheet = Csv.render(&story, &Analysis { quotes, ..Analysis::default() });
    assert!(sheet.starts_with(&format!("{title},")), "{sheet}");
    // A file has a name, which is better than its first words.
    let mut file = story;
    file.source = Some("news/wall.txt".into());
    assert!(Markdown.render(&file, &Analysis::default()).starts_with("# wall.txt\n\n## Quotes"));
    assert!(Html.render(&file, &Analysis::default()).contains("<h1>wall.txt</h1>"));
    assert!(Text.render(&file, &Analysis::default()).starts_with("wall.txt\n\nThe council"));
    // A long headline is a headline.
    let long = "Council of Oddmouth to raise the harbour wall by two metres after the third flood in as many years, mayor says";
    let block = Block::new(BlockKind::Headline, Span::new(0, long.len()));
    let story = Story::new(Format::Plain, long.into(), vec![block]);
    assert!(Markdown.render(&story, &Analysis::default()).starts_with(&format!("# {long}\n")));
}

fn story() -> Story {
    let mut end = 0;
    let kinds = [BlockKind::Headline, BlockKind::Byline].into_iter();
    let kinds = kinds.chain(std::iter::repeat(BlockKind::Paragraph));
    let blocks = TEXT.lines().zip(kinds).map(|(line, kind)| {
        let span = Span::new(end, end + line.len());
        end = span.end + 1;
        Block::new(kind, span)
    });
    let mut story = Story::new(Format::Plain, TEXT.into(), blocks.collect());
    story.source = Some("flood.txt".into());
    story
}

fn analysis() -> Analysis {
    let entity = |kind, name: &str, roles: &[&str], aliases: &[&str]| Entity {
        roles: roles.iter().map(ToString::to_string).collect(),
        aliases: aliases.iter().map(ToString::to_string).collect(),
        ..Entity::new(kind, name)
    };
    let mut mayor = entity(EntityKind::Person, "Ann Lee", &["the mayor"], &["Lee"]);
    mayor.mentions.push(Mention { span: span_of("Ann Lee"), kind: MentionKind::Name });
    let first = Quote {
        speaker_mention: Some(span_of("Ann Lee")),
        cue: Some(span_of("said")),
        rule: AttributionRule::CueThenSpeaker,
        confidence: 0.98,
        ..quote(
            QuoteKind::Direct,
            vec![span_of("“We warned them,”"), span_of("“Twice."), span_of("“And twice they slept.”")],
            Some(0),
        )
    };
    let second = Quote {
        rule: AttributionRule::Nearest,
        confidence: 0.4,
        ..quote(QuoteKind::Indirect, vec![span_of("=1+1 is what the “dam” cost")], Some(1))
    };
    let third = quote(QuoteKind::Mixed, vec![span_of("“dam”")], None);
    let aide = Entity { affiliation: Some(2), ..entity(EntityKind::Unnamed, "an aide", &[], &[]) };
    let company = entity(EntityKind::Organisation, "Norbex", &[], &[]);
    Analysis {
        entities: vec![mayor, aide, company],
        quotes: vec![first, second, third],
        ..Analysis::default()
    }
}

fn quote(kind: QuoteKind, parts: Vec<Span>, speaker: Option<usize>) -> Quote {
    Quote { speaker, ..Quote::new(kind, parts) }
}

/// The span of a text in the story.
fn span_of(words: &str) -> Span {
    let start = TEXT.find(words).unwrap();
    Span::new(start, start + words.len())
}

#[test]
fn what_is_sent_to_others_names_the_file_and_not_its_folders() {
    let mut story = story();
    story.source = Some("/home/ann/leaks/flood.txt".into());
    for export in [&Html as &dyn Export, &Markdown, &Text] {
        let out = export.render(&story, &analysis());
        assert!(out.contains("flood.txt") && !out.contains("leaks"), "{out}");
    }
    story.source = Some("https://example.org/news/flood".into());
    assert!(Markdown.render(&story, &analysis()).contains("https://example.org/news/flood"));
}

#[test]
fn the_lists_of_an_excerpt_have_only_those_whom_its_quotes_name() {
    let found = analysis();
    let aide = found.clone().excerpted("only an aide", |number, _| number == 1);
    let notes = Markdown.render(&story(), &aide);
    assert!(
        notes.contains("## Unnamed sources in these quotes\n\n- **an aide, for Norbex** (1 quote"),
        "{notes}"
    );
    assert!(!notes.contains("Ann Lee") && !notes.contains("## Organisations"), "{notes}");
    let told = Text.render(&story(), &aide);
    assert!(told.contains("Unnamed sources in these quotes\n") && !told.contains("\nPeople"), "{told}");
    let lee = found.excerpted("only Lee", |number, _| number == 0);
    let told = Text.render(&story(), &lee);
    assert!(
        told.contains("People in these quotes\n    Ann Lee, the mayor: also Lee; 1 quote; 1 mention\n"),
        "{told}"
    );
    assert!(Markdown.render(&story(), &analysis()).contains("## People\n"));
}
