//! The forms in which news travels: transcripts, copied text, mail and records, each with the quotes that are in it. The
//! findings are written by hand from the words alone.

use pullquote::load::{self, Hint};
use pullquote::story::Format;

use super::{lines, story_findings};

/// The quotes of a story, one a line: "● Lena Holt: “It is.”".
fn quotes(bytes: &[u8], format: Option<Format>) -> Vec<String> {
    let found = found(bytes, format);
    lines(&found, "quote").iter().map(|it| it["quote  ".len()..].to_owned()).collect()
}

fn found(bytes: &[u8], format: Option<Format>) -> String {
    let story = load::from_bytes(bytes, &Hint { format, ..Hint::default() }).expect("it is a story");
    story_findings(&story)
}

#[test]
fn the_labels_of_a_fact_check_are_nobody() {
    let story = "Three claims about the ferry, checked\n\nClaim: The ferry loses nine thousand a month.\n\n\
                 Verdict: True. \"It has lost that since 2019,\" said Lena Holt, the council's treasurer.\n\n\
                 Claim: The mayor owns it.\n\nVerdict: False. \"I own a bicycle,\" said Mayor Piet Maas.\n";
    let expected = ["● Lena Holt: \"It has lost that since 2019,\"", "● Piet Maas: \"I own a bicycle,\""];
    assert_eq!(quotes(story.as_bytes(), None), expected);
}

#[test]
fn the_members_of_an_assembly_speak_in_its_record() {
    let record = "Proceedings of the Harbour Assembly\n\nThe CHAIR. The assembly will come to order.\n\n\
                  Mr. PELLOW (during the reading). Madam Chair, I ask that the reading be dispensed with.\n\n\
                  The CHAIR. Is there objection?\n\n\
                  Ms. ADEYEMI-ROSS. Madam Chair, I rise in opposition. This bill closes the only ferry that my \
                  constituents have.\n\nMr. PELLOW. I yield.\n";
    let expected = [
        "● The CHAIR: The assembly will come to order.",
        "● Pellow: Madam Chair, I ask that the reading be dispensed with.",
        "● The CHAIR: Is there objection?",
        "● Adeyemi-Ross: Madam Chair, I rise in opposition. This bill closes the only ferry that my constituents have.",
        "● Pellow: I yield.",
    ];
    assert_eq!(quotes(record.as_bytes(), None), expected);
}

#[test]
fn the_questions_of_a_briefing_are_no_quotes() {
    let briefing = "Press Briefing by Press Secretary Dana Ostrow\n\n1:05 P.M. EST\n\n\
                    MS. OSTROW: Good afternoon. I have one announcement. The bridge will open in May.\n\n\
                    Q    Will the toll be kept?\n\nMS. OSTROW: No decision has been made.\n\nQ    By whom?\n\n\
                    MS. OSTROW: By anybody.\n";
    let expected = [
        "● Dana Ostrow: Good afternoon. I have one announcement. The bridge will open in May.",
        "● Dana Ostrow: No decision has been made.",
        "● Dana Ostrow: By anybody.",
    ];
    assert_eq!(quotes(briefing.as_bytes(), None), expected);
}

#[test]
fn a_time_may_come_before_the_speaker() {
    let transcript = "[00:00:04] Lena Holt: Welcome to everyone.\n\n\
                      [00:00:09] Piet Maas: The ferry loses nine thousand a month.\n\n\
                      [00:01:30] Lena Holt: Then why do we keep it?\n\n\
                      [00:02:10] Piet Maas: Because ninety people a day use it.\n";
    let expected = [
        "● Lena Holt: Welcome to everyone.",
        "● Piet Maas: The ferry loses nine thousand a month.",
        "● Lena Holt: Then why do we keep it?",
        "● Piet Maas: Because ninety people a day use it.",
    ];
    assert_eq!(quotes(transcript.as_bytes(), None), expected);
}

#[test]
fn a_broadcast_introduces_its_speakers_in_capitals() {
    let broadcast = "LENA HOLT, HOST: Good evening. With us are the mayor and her brother.\n\n\
                     IDA KOVAL, MAYOR OF TARNSIDE: Thank you for having us.\n\n\
                     HOLT: Mayor, why keep the ferry?\n\nI. KOVAL: Because ninety people a day use it.\n\n\
                     TOMAS KOVAL, HARBOUR MASTER: Ninety-one.\n\nI. KOVAL: Ninety-one, then.\n\nHOLT: Thank you both.\n";
    let found = found(broadcast.as_bytes(), None);
    assert_eq!(
        lines(&found, "quote"),
        [
            "quote  ● Lena Holt: Good evening. With us are the mayor and her brother.",
            "quote  ● Ida Koval: Thank you for having us.",
            "quote  ● Lena Holt: Mayor, why keep the ferry?",
            "quote  ● Ida Koval: Because ninety people a day use it.",
            "quote  ● Tomas Koval: Ninety-one.",
            "quote  ● Ida Koval: Ninety-one, then.",
            "quote  ● Lena Holt: Thank you both.",
        ]
    );
    let people = lines(&found, "person");
    assert_eq!(people.len(), 3, "{found}");
    assert!(people[0].starts_with("person  Lena Holt · Host"), "{found}");
    assert!(people[1].starts_with("person  Ida Koval · Mayor of Tarnside"), "{found}");
}

#[test]
fn bold_questions_are_answered_by_the_person_in_the_headline() {
    let interview = "# Five questions for Lena Holt\n\n*By Piet Maas*\n\n\
                     **You left the orchestra after thirty years. Why?**\n\n\
                     Because I could still hear. I wanted to stop before I could not.\n\n\
                     **What did the conductor say?**\n\nHe said \"About time\" and hugged me.\n\n\
                     **Will you play again?**\n\nIn my kitchen. Every night.\n";
    let expected = [
        "● Lena Holt: Because I could still hear. I wanted to stop before I could not.",
        "● Lena Holt: He said \"About time\" and hugged me.",
        "● Lena Holt: In my kitchen. Every night.",
    ];
    assert_eq!(quotes(interview.as_bytes(), None), expected);
}

#[test]
fn two_people_who_are_interviewed_together_answer_together() {
    let interview = "The Gazette talks to Ida Moe and Bo Ray of the Tarn ferry\n\nHow did you two meet?\n\nWe met on the \
                     ferry, and I fell in.\n\nWho pulled you out?\n\nI did, with my own hands.\n\nDo you still swim?\n\n\
                     We row.\n";
    let expected = [
        "● Ida Moe and Bo Ray: We met on the ferry, and I fell in.",
        "● Ida Moe and Bo Ray: I did, with my own hands.",
        "● Ida Moe and Bo Ray: We row.",
    ];
    assert_eq!(quotes(interview.as_bytes(), None), expected);
}

#[test]
fn whom_an_interview_is_about_does_not_answer() {
    let interview = "The Gazette interviews a Tarn baker about Ida Moe\n\nIda Moe was mayor of Tarn for ten years. Moe left \
                     in May.\n\nDid you know her?\n\nI did. We sold her bread.\n\nWhat was she like to you?\n\nShe was kind \
                     to us.\n\nWill you miss her?\n\nI will.\n";
    let expected = [
        "● a Tarn baker: I did. We sold her bread.",
        "● a Tarn baker: She was kind to us.",
        "● a Tarn baker: I will.",
    ];
    assert_eq!(quotes(interview.as_bytes(), None), expected);
}

#[test]
fn who_is_interviewed_without_a_name_is_described_as_the_story_does() {
    let interview = "Tarn's oldest cafe to close\n\nThe Gazette spoke to one of the owners of the Harbour Cafe about the \
                     fire. The cafe was founded by Ida Moe and Bo Ray.\n\nWhat did you lose?\n\nAll we had but the stove.\n\n\
                     Will you open again?\n\nI doubt it.\n\nWhat will you do?\n\nI am going to sleep.\n";
    let expected = [
        "● one of the owners of the Harbour Cafe: All we had but the stove.",
        "● one of the owners of the Harbour Cafe: I doubt it.",
        "● one of the owners of the Harbour Cafe: I am going to sleep.",
    ];
    assert_eq!(quotes(interview.as_bytes(), None), expected);
}

#[test]
fn a_description_does_not_stand_before_the_name_of_who_is_interviewed() {
    let interview = "Bread and water\n\nThe Gazette interviewed the island's last baker, Ida Moe, about flour.\n\nWhy do you \
                     bake?\n\nI have to eat.\n\nDo you sleep?\n\nI sleep at noon.\n\nWill you stop?\n\nMy son will not let \
                     me.\n";
    let expected =
        ["● Ida Moe: I have to eat.", "● Ida Moe: I sleep at noon.", "● Ida Moe: My son will not let me."];
    assert_eq!(quotes(interview.as_bytes(), None), expected);
}

#[test]
fn an_interview_with_several_experts_is_nobody_s_alone() {
    let interview = "Gazette interviews harbour engineers on the broken lock\n\nFile photo of Ida Moe. Image: Bo Ray.\n\nIs the \
                     lock of Tarn safe after the storm?\n\nYes. Steel bends before it breaks.\n\n\
                     How long does a repair of that size take?\n\nI would say a year.\n";
    let expected = [
        "● harbour engineers: Yes. Steel bends before it breaks.",
        "● harbour engineers: I would say a year.",
    ];
    assert_eq!(quotes(interview.as_bytes(), None), expected);
}

#[test]
fn each_person_inside_a_quoted_conversation_speaks_their_own_words() {
    let story = "Finch joked with the bankers.\n\n“PARTICIPANT: I had the honour to raise money for you. MS. FINCH: You are \
                 the smartest people. PARTICIPANT: I think you called me.”\n";
    let found = quotes(story.as_bytes(), None);
    assert!(found.contains(&"● Finch: You are the smartest people.".to_owned()), "{found:#?}");
    assert_eq!(found.iter().filter(|it| it.starts_with("● PARTICIPANT: ")).count(), 2, "{found:#?}");
}

#[test]
fn words_that_were_broken_at_line_ends_are_whole_again() {
    let copy = "The council voted on Tuesday night to close the last ferry\non the river Tarn, ending a service that has run \
                without\ninterruption for ninety years. Piet Maas, the harbour mas-\nter, said the vote was “an embarrassment \
                to every conscien-\ntious member” and that he would ask Ida Thorvaldsen to re-\nsign. “We have all been made to \
                look ridiculous,” Maas said.\n\nThorvaldsen, who joined the ferry company from the railways,\ndeclined to \
                comment on Wednesday. “Ask my lawyer,” Thorvald-\nsen said on her way to the boat.\n";
    let found = found(copy.as_bytes(), None);
    assert!(found.contains("“an embarrassment to every conscientious member”"), "{found}");
    assert!(found.contains("quote  ● Ida Thorvaldsen: “Ask my lawyer,”"), "{found}");
    assert!(found.contains("person  Piet Maas · harbour master"), "{found}");
    assert_eq!(lines(&found, "person").len(), 2, "{found}");
}

#[test]
fn a_newspaper_column_is_one_paragraph() {
    let column = "The council voted on Tuesday\nnight to close the last ferry\non the river Tarn, ending a\nservice that has run \
                  without\ninterruption for ninety years.\n“It is a fact that nobody\npays,” said Lena Holt, the\n\
                  council's treasurer. Piet Maas\nsaid the ferry had been full\nuntil the management changed.\n";
    let found = quotes(column.as_bytes(), None);
    assert!(found.contains(&"● Lena Holt: “It is a fact that nobody pays,”".to_owned()), "{found:#?}");
    let full = "○ Piet Maas: the ferry had been full until the management changed".to_owned();
    assert!(found.contains(&full), "{found:#?}");
}

#[test]
fn a_running_head_is_no_part_of_a_quote() {
    let pages = "The council voted on Tuesday night to close the last ferry on the\nriver Tarn, ending a service that has run for \
                 ninety years. “It is a\nwell-known fact that nobody pays,” said Lena Holt, the treasurer. “We\ncarried four people \
                 in January, and two of them were the crew and one\n\n                                   12\nTHE TARN COURIER                  \
                 \x20                 Friday, March 14, 2025\n\nwas a dog that had lost its owner on the other side of the river.”\n";
    let expected = "● Lena Holt: “It is a well-known fact that nobody pays,” … “We carried four people in January, and two of \
                    them were the crew and one was a dog that had lost its owner on the other side of the river.”";
    assert!(
        quotes(pages.as_bytes(), None).contains(&expected.to_owned()),
        "{:#?}",
        quotes(pages.as_bytes(), None)
    );
}

#[test]
fn marks_that_were_escaped_once_too_often_hold_quotes() {
    let story = "\"\"We will see,\"\" said Ann Lee. \"\"Not today.\"\"\n\n\
                 &ldquo;It is the right thing,&rdquo; said Mayor Lena Holt. &ldquo;Nobody asked me,&rdquo; she said.\n\n\
                 â€œWe never saw the boat,â€\u{9d} said Piet Maas.\n";
    let expected = [
        "● Ann Lee: \"We will see,\" … \"Not today.\"",
        "● Lena Holt: “It is the right thing,”",
        "● Lena Holt: “Nobody asked me,”",
        "● Piet Maas: “We never saw the boat,”",
    ];
    assert_eq!(quotes(story.as_bytes(), None), expected);
}

#[test]
fn the_marks_of_notes_are_nobody() {
    let story = "The ferry lost nine thousand a month. “Nobody disputes that,”1 said Lena Holt. “We printed it.”2\n\n\
                 Piet Maas, the mayor,[7] said the council would “think again”.[8]\n";
    let expected = [
        "● Lena Holt: “Nobody disputes that,” … “We printed it.”",
        "◐ Piet Maas: the council would “think again”",
    ];
    assert_eq!(quotes(story.as_bytes(), None), expected);
}

#[test]
fn a_press_release_has_its_own_headline() {
    let release = "FOR IMMEDIATE RELEASE\n\nContact:\nIda Moe\nPress Officer, Tarn Ferries\n+44 1632 960123\n\n\
                   TARN FERRIES APPOINTS NEW CHIEF EXECUTIVE\n\n\
                   TARNSIDE, 14 March 2025 – Tarn Ferries today announced the appointment of Lena Holt as chief executive.\n\n\
                   \"I am thrilled to join Tarn Ferries,\" said Holt.\n\n\
                   Commenting on the appointment, Piet Maas, Chairman of Tarn Ferries, said: \"Lena brings a wealth of \
                   experience.\"\n\nENDS\n";
    let story = load::from_bytes(release.as_bytes(), &Hint::default()).expect("it is a story");
    assert_eq!(story.headline(), Some("TARN FERRIES APPOINTS NEW CHIEF EXECUTIVE"));
    let found = quotes(release.as_bytes(), None);
    for quote in [
        "● Lena Holt: \"I am thrilled to join Tarn Ferries,\"",
        "● Piet Maas: \"Lena brings a wealth of experience.\"",
    ] {
        assert!(found.iter().any(|it| it == quote), "{found:#?}");
    }
}

#[test]
fn mac_roman_is_read() {
    let story = b"Ferry stays, says mayor\n\n\xd2It is the right thing,\xd3 said Mayor Lena Holt. \xd2Nobody wanted to close it.\xd3\n";
    let mut direct = quotes(story, None);
    direct.retain(|it| it.starts_with('●'));
    assert_eq!(direct, ["● Lena Holt: “It is the right thing,” … “Nobody wanted to close it.”"]);
}

#[test]
fn the_labels_of_a_database_are_metadata() {
    let record = "Headline: Rights for felons a rare change\nDate: 2024-02-11\nPublisher: The Tarn Herald\n\n\
                  The mayor said the dam is safe.\n";
    let story = load::from_bytes(record.as_bytes(), &Hint::default()).expect("it is a story");
    assert_eq!(story.headline(), Some("Rights for felons a rare change"));
    assert_eq!(story.outlet.as_deref(), Some("The Tarn Herald"));
    assert_eq!(story.published.as_deref(), Some("2024-02-11"));
    assert_eq!(quotes(record.as_bytes(), None), ["○ The mayor: the dam is safe"]);
}

#[test]
fn a_head_with_labels_and_a_rule_is_no_paragraph_and_its_labels_do_not_speak() {
    let record = "Headline: Ferry stays, says mayor\nSubtitle: The council voted late on Monday\nAuthor: Petra Lind\n\
                  Date: April 4, 2025\nPublisher: The Tarn Herald\n=====\n\n“It is the right thing,” said Mayor Lena Holt.\n\n\
                  “Nobody wanted to close it,” she said.\n";
    let story = load::from_bytes(record.as_bytes(), &Hint::default()).expect("it is a story");
    let blocks = story.blocks().iter().map(|it| format!("{}: {}", it.kind, it.span.slice(story.text())));
    let expected = [
        "headline: Ferry stays, says mayor",
        "standfirst: The council voted late on Monday",
        "byline: Petra Lind",
        "paragraph: “It is the right thing,” said Mayor Lena Holt.",
        "paragraph: “Nobody wanted to close it,” she said.",
    ];
    assert_eq!(blocks.collect::<Vec<_>>(), expected);
    assert_eq!(story.readable_date().as_deref(), Some("April 4, 2025"));
    let found = quotes(record.as_bytes(), None);
    assert!(found.iter().all(|it| it.contains("Lena Holt: ") || it.contains("mayor: ")), "{found:?}");
    assert!(found.iter().any(|it| it == "● Lena Holt: “Nobody wanted to close it,”"), "{found:?}");
}

#[test]
fn a_newsletter_is_read_with_its_subject() {
    let mail = "From: Tarn Courier <news@courier.example>\nTo: reader@example.org\n\
                Subject: =?UTF-8?Q?Ferry_stays=2C_says_mayor?=\nDate: Fri, 14 Mar 2025 07:00:00 +0000\nMIME-Version: 1.0\n\
                Content-Type: text/plain; charset=\"utf-8\"\nContent-Transfer-Encoding: quoted-printable\n\n\
                The ferry stays. =E2=80=9CIt is the right thing,=E2=80=9D said Mayor Lena Ho=\n\
                lt. =E2=80=9CNobody wanted to close it.=E2=80=9D\n";
    let story = load::from_bytes(mail.as_bytes(), &Hint::default()).expect("it is a story");
    assert_eq!(story.headline(), Some("Ferry stays, says mayor"));
    let mut direct = quotes(mail.as_bytes(), None);
    direct.retain(|it| it.starts_with('●'));
    assert_eq!(direct, ["● Lena Holt: “It is the right thing,” … “Nobody wanted to close it.”"]);
}

#[test]
fn a_blank_may_stand_between_a_mark_and_a_label() {
    let transcript =
        "“ Q: Who owns the ferry?\n\n“ A: The council does.\n\n“ Q: Since when?\n\n“ A: Since May.\n";
    let found = quotes(transcript.as_bytes(), None);
    for answer in ["● ?: The council does.", "● ?: Since May."] {
        assert!(found.iter().any(|it| it == answer), "{found:#?}");
    }
    assert_eq!(quotes("“ Q:\nQ:".as_bytes(), None), [""; 0]);
}

#[test]
fn a_reporter_signs_no_headline_that_is_a_quotation() {
    for (story, format) in [
        (
            "# \"I was afraid of the horses\"\n\n*By Nils Haar*\n\nAda Brook was a rider for years.\n",
            Format::Markdown,
        ),
        ("‘I was afraid of the horses’\n\nBy Nils Haar\n\nAda Brook was a rider for years.\n", Format::Plain),
        (
            "<article><h1>“I was afraid of the horses”</h1><p class=\"byline\">Nils Haar</p><p>Ada Brook was a rider \
             for forty years in circuses across the north.</p></article>",
            Format::Html,
        ),
    ] {
        let found = quotes(story.as_bytes(), Some(format));
        assert!(!found.iter().any(|it| it.contains("Nils")), "{format}: {found:?}");
    }
    let signed = "It rained on Monday in Velm.\n\n“I was afraid of the horses.”\nAda Brook, rider\n";
    assert_eq!(quotes(signed.as_bytes(), None), ["● Ada Brook: “I was afraid of the horses.”"]);
}
