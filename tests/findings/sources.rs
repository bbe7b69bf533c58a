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
fn a_time_may_stand_before_the_speaker() {
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
fn each_person_inside_a_quoted_conversation_speaks_their_own_words() {
    let story = "Finch joked with the bankers.\n\n“PARTICIPANT: I had the honour to raise money for you. MS. FINCH: You are \
                 the smartest people. PARTICIPANT: I think you called me.”\n";
    let found = quotes(story.as_bytes(), None);
    assert!(found.contains(&"● Finch: You are the smartest people.".to_owned()), "{found:#?}");
    assert_eq!(found.iter().filter(|it| it.starts_with("● PARTICIPANT: ")).count(), 2, "{found:#?}");
}
