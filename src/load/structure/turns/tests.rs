//! Tests of turns: which labels of a story name speakers, and which name what follows.

use crate::load::{Hint, from_bytes, from_text};
use crate::story::{BlockKind, Format, Story, TurnSpeaker};

fn labels(story: &str) -> Vec<String> {
    let story = from_text(story);
    let turns = story.blocks().iter().filter(|it| it.kind == BlockKind::Turn);
    turns.filter_map(|it| it.label).map(|it| it.slice(story.text()).to_owned()).collect()
}

/// The speakers of the turns: "?" asks, "!" answers, "" is unknown; a role stands after a slash.
fn speakers(story: &Story) -> Vec<String> {
    let text = |span: crate::span::Span| span.slice(story.text()).to_owned();
    let speaker = |it: &crate::story::Block| {
        Some(match it.speaker? {
            TurnSpeaker::Interviewer => "?".to_owned(),
            TurnSpeaker::Interviewee => "!".to_owned(),
            TurnSpeaker::Unknown => String::new(),
            TurnSpeaker::Office(office) => text(office),
            TurnSpeaker::Named { name, role: None } => text(name),
            TurnSpeaker::Named { name, role: Some(role) } => format!("{}/{}", text(name), text(role)),
        })
    };
    story.blocks().iter().filter_map(speaker).collect()
}

#[test]
fn a_label_is_a_letter_or_comes_again() {
    for (story, expected) in [
        ("Q: Why now?\nA: Because.", vec!["Q", "A"]),
        ("Q. Why now?\nA. Because.", vec!["Q", "A"]),
        ("Question: Why now?\nAnswer: Because.", vec!["Question", "Answer"]),
        ("Ann Lee: Why now?\nBo Ray: Because.\nAnn Lee: Oh.", vec!["Ann Lee", "Bo Ray", "Ann Lee"]),
        (
            "LEE: Why now?\nRAY: Because.\nLEE: Oh.\nRAY (laughs): Yes.",
            vec!["LEE", "RAY", "LEE", "RAY (laughs)"],
        ),
        (
            "Gazette: Why now?\nLee: Because.\nGazette: Oh.\nLee: Yes.",
            vec!["Gazette", "Lee", "Gazette", "Lee"],
        ),
        ("Ann Lee: Why now?\nBo Ray: Because.\nLee: Oh.\nRay: Yes.", vec!["Ann Lee", "Bo Ray", "Lee", "Ray"]),
        ("\"LEE: Why now?\n\"RAY: Because.\n\"LEE: Oh.\n\"RAY: Yes.\"", vec!["LEE", "RAY", "LEE", "RAY"]),
        (
            "Ann Price spoke to us.\nTimes: Why now?\nPrice: Because.\nTimes: Why not?\nPrice: Oh.",
            vec!["Times", "Price", "Times", "Price"],
        ),
        (
            "Ann Lee: Why now?\nIt rained.\nTom Fox: Because.\nAnn Lee: Oh.",
            vec!["Ann Lee", "Tom Fox", "Ann Lee"],
        ),
        (
            "QUESTION: Why now?\nLEE: Because.\nQUESTION: Oh?\nLEE: Yes.",
            vec!["QUESTION", "LEE", "QUESTION", "LEE"],
        ),
        (
            "REP. ANN LEE (R), TARN: It rained.\nBO RAY, HOST: Much?\nLEE: Yes.\nRAY: Oh.",
            vec!["REP. ANN LEE (R), TARN", "BO RAY, HOST", "LEE", "RAY"],
        ),
        (
            "Senator BRAUN (Lesna). I move that the house adjourn.\n\nThe PRESIDENT. Is there a second?\n\n\
             Senator ILIC (Varos). There is.",
            vec!["Senator BRAUN (Lesna)", "The PRESIDENT", "Senator ILIC (Varos)"],
        ),
        (
            "Lord Pym (Con): The eel is in peril.\n\nBaroness Falk (LD): So is the otter.\n\n\
             The Under-Secretary of State (Lord Dray) (Con): We love them both.",
            vec!["Lord Pym (Con)", "Baroness Falk (LD)", "The Under-Secretary of State (Lord Dray) (Con)"],
        ),
        (
            "09:01:12 From Petra Lind to Everyone: The slides are up.\n\n\
             09:02:40 From Omar Said to Everyone: They will not open.\n\n09:03:05 From Petra Lind to Everyone: Try now.",
            vec![
                "09:01:12 From Petra Lind to Everyone",
                "09:02:40 From Omar Said to Everyone",
                "09:03:05 From Petra Lind to Everyone",
            ],
        ),
        ("Host: Welcome.\nAnn Lee: Thank you.\nHost: Why now?", vec!["Host", "Ann Lee", "Host"]),
    ] {
        assert_eq!(labels(story), expected, "{story}");
    }
}

#[test]
fn the_headline_of_an_interview_is_no_turn() {
    let story = "Lee: The Wall Will Not Be Raised This Year\n\nAnn Lee spoke on Sunday.\n\nRAY: Will it rise?\n\nLEE: It will not.\n\nRAY: Why?\n\nLEE: Money.";
    assert_eq!(labels(story), ["RAY", "LEE", "RAY", "LEE"]);
    assert_eq!(from_text(story).headline(), Some("Lee: The Wall Will Not Be Raised This Year"));
}

#[test]
fn a_form_a_record_and_a_mail_have_no_turns() {
    for story in [
        "Lee: 46.\nRay: 12.\nLee: 45.\nRay: 13.",
        "Ann Lee: It rained.\nIt did.\nAnn Lee: It stopped.",
        "He said: “Why now?”\nHe said: “Oh.”",
        "Note: it rained.\nNote: it rained again.",
        "A. A. Lee lives here.\nA. is a letter.",
        "Price: ten crowns.\nPrice: nine crowns.",
        "Update 10:30: it rained.\nAnn Lee: It rained.",
        "Claim: The wall fell.\nVerdict: False. It stands.\nClaim: The river rose.\nVerdict: True. It did.",
        "BYLINE: Ann Lee.\nLENGTH: 700 words.\nThe wall fell.\nBYLINE: Bo Ray.\nLENGTH: 300 words.\nIt rained.",
        "From: Ann Lee.\nSubject: The wall.\nIt fell.\nFrom: Bo Ray.\nSubject: Your wall.\nIt did.",
        "Location: the old harbour.\nCost: ten crowns.\nLocation: the town hall.\nCost: nothing at all.",
        "Charge: theft.\nPlea: not guilty.\nCharge: arson.\nPlea: guilty.",
        "Date of Birth: 3 May.\nPlace of Arrest: the harbour.\nDate of Birth: 4 May.\nPlace of Arrest: the market.",
        "Mayor: Ann Lee\nTreasurer: Bo Ray\nMayor: Ida Moe\nTreasurer: Tom Fox",
        "Q magazine closed.\nIt had printed music news for years.",
        "The Chair. The table. The lamp.\nNobody sat there.",
        "OSLO — It rained at 10:30.\nPARIS — It rained at 11:15.",
        "10:30 News: the day.\n11:00 Weather: the night.\n12:15 Sport: the match.",
    ] {
        assert_eq!(labels(story), Vec::<String>::new(), "{story}");
    }
}

#[test]
fn each_kind_of_transcript_has_turns_with_their_speakers() {
    for (story, expected) in [
        (
            "MS. OSTROW: Good afternoon.\n\nQ    Will the toll be kept?\n\nMS. OSTROW: No.\n\nQ    By whom?\n\nMS. OSTROW: By anybody.",
            vec!["OSTROW", "?", "OSTROW", "?", "OSTROW"],
        ),
        (
            "Proceedings of the Harbour Assembly\n\nThe CHAIR. The assembly will come to order.\n\n\
             Mr. PELLOW (during the reading). Madam Chair, I ask that the reading be dispensed with.\n\n\
             The CHAIR. Is there objection?\n\nMs. ADEYEMI-ROSS. Madam Chair, I rise.\n\nMr. PELLOW. I yield.",
            vec!["The CHAIR", "PELLOW", "The CHAIR", "ADEYEMI-ROSS", "PELLOW"],
        ),
        (
            "[00:00:04] Lena Holt: Welcome.\n\n[00:00:09] Piet Maas: It loses money.\n\n[00:01:30] Lena Holt: Why keep it?",
            vec!["Lena Holt", "Piet Maas", "Lena Holt"],
        ),
        (
            "[14/03/2025, 09:12:01] lena: Are you there?\n[14/03/2025, 09:12:40] Piet M: Yes.\n[14/03/2025, 09:13:02] lena: Good.",
            vec!["lena", "Piet M", "lena"],
        ),
        (
            ">> LENA HOLT: Welcome.\n>> Thank you.\n>> LENA HOLT: Why keep it?",
            vec!["LENA HOLT", "", "LENA HOLT"],
        ),
        (
            "Lena Holt  0:04\nWelcome to everyone.\n\nPiet Maas  0:09\nIt loses money.\n\nLena Holt  1:30\nWhy keep it?",
            vec!["Lena Holt", "Piet Maas", "Lena Holt"],
        ),
        ("<lena> Are you there?\n<piet_m> Yes.\n<lena> Good.", vec!["lena", "piet_m", "lena"]),
        (
            "LENA HOLT, HOST: Good evening.\n\nIDA KOVAL, MAYOR OF TARNSIDE: Thank you.\n\nHOLT: Why keep it?\n\n\
             I. KOVAL: Because people use it.\n\nTOMAS KOVAL, HARBOUR MASTER: Ninety-one.\n\nHOLT: Thank you both.",
            vec![
                "LENA HOLT/HOST",
                "IDA KOVAL/MAYOR OF TARNSIDE",
                "HOLT",
                "I. KOVAL",
                "TOMAS KOVAL/HARBOUR MASTER",
                "HOLT",
            ],
        ),
        (
            "The Minister for Ferries (Ida Moe): I thank the Member.\n\nLena Holt (Tarnside) (Lab): Will she resign?\n\n\
             Madam Speaker: Order.\n\nIda Moe: I will not.\n\nLena Holt: Why not?",
            vec!["Ida Moe/Minister for Ferries", "Lena Holt", "Madam Speaker", "Ida Moe", "Lena Holt"],
        ),
        (
            "Mayor Lena Holt: We keep it.\nReporter: At what cost?\nMayor Lena Holt: Nine thousand a month.",
            vec!["Lena Holt/Mayor", "Reporter", "Lena Holt/Mayor"],
        ),
        ("Q. Did you see it?\nA. I did.\nBY MS. LEE:\nQ. When?\nA. At noon.", vec!["?", "!", "?", "!"]),
        (
            "SEN. HOLT: Did you see it?\nMR. MAAS: I did, Senator.\nTHE COURT: Sustained.\nSEN. HOLT: When?",
            vec!["HOLT/SEN.", "MAAS", "THE COURT", "HOLT/SEN."],
        ),
    ] {
        assert_eq!(speakers(&from_text(story)), expected, "{story}");
    }
}

#[test]
fn labels_of_records_and_broadcasts_have_many_forms() {
    for (story, expected) in [
        (
            "Canal Bill, 1958\n\nMr. Brand (Velm North). I beg to ask whether it is safe.\n\nMr. Carr. It is.\n\n\
             Mr. Brand. And for lorries?\n\nMr. Carr. No, Sir.",
            vec!["Brand", "Carr", "Brand", "Carr"],
        ),
        (
            "THE COURT. Call your witness.\n\nMR. ARDEN. The State calls Olga Penn.\n\nTHE WITNESS. I am here.\n\n\
             MR. ARDEN. What did you see?\n\nTHE WITNESS. Smoke.",
            vec!["THE COURT", "ARDEN", "THE WITNESS", "ARDEN", "THE WITNESS"],
        ),
        (
            "Mrs. VAN DYKE. Nobody has read it.\n\nMr. ST. CLAIR. I have read it twice.\n\nMrs. VAN DYKE. Then explain it.",
            vec!["VAN DYKE", "ST. CLAIR", "VAN DYKE"],
        ),
        (
            "Mr. Lee. It leaks.\n\nMr. Ray. Much?\n\nMr. Lee. It does.\n\nMr. Ray. Oh.\n\nSenator Adair. It is older than me.",
            vec!["Lee", "Ray", "Lee", "Ray", "Adair/Senator"],
        ),
        (
            "LENA MARK, HOST: And the mayor?\n\nKAY PRATT, BYLINE: He votes.\n\nMARK: Once?\n\n\
             TOM HAUSER, MAYOR OF VELM: I vote once.",
            vec!["LENA MARK/HOST", "KAY PRATT", "MARK", "TOM HAUSER/MAYOR OF VELM"],
        ),
        (
            "NORA FINN (HOST): Will you?\n\nSEN. HUGO BARR (D), VELM: No.\n\nFINN: Why?\n\n\
             DEV ANAND, CHIEF OF POLICE, BRACKWELL: It is bad.\n\nFINN: Oh.",
            vec!["NORA FINN/HOST", "HUGO BARR/SEN.", "FINN", "DEV ANAND/CHIEF OF POLICE", "FINN"],
        ),
        (
            "PAUL ARD - HOST: Good evening.\n\nIDA NOVAK - MAYOR: Hello.\n\nARD: Who won?\n\nNOVAK: I did.",
            vec!["PAUL ARD/HOST", "IDA NOVAK/MAYOR", "ARD", "NOVAK"],
        ),
        (
            "Mr Speaker: Order.\n\nIda Marsh (Velm South) (Lab): Will she resign?\n\nMr Speaker: Order.\n\n\
             Hon. Members: Hear, hear!",
            vec!["Mr Speaker", "Ida Marsh", "Mr Speaker", "Members"],
        ),
        (
            "- ADA BROOK: Is it on?\n- NILS HAAR: It is on.\n- ADA BROOK: Tell us about the bear.",
            vec!["ADA BROOK", "NILS HAAR", "ADA BROOK"],
        ),
        (
            "Speaker 1 (00:04): Is it on?\n\nSpeaker 2 (00:09): It is on.\n\nSpeaker 1 (00:12): Tell us about the bear.",
            vec!["Speaker 1", "Speaker 2", "Speaker 1"],
        ),
        (
            "The Secretary General: The road is shut.\n\nQuestion (AFP): For how long?\n\nThe Secretary General: A year.",
            vec!["The Secretary General", "?", "The Secretary General"],
        ),
    ] {
        assert_eq!(speakers(&from_text(story)), expected, "{story}");
    }
}

#[test]
fn what_looks_like_a_label_of_a_record_is_none() {
    for story in [
        "THE END. It rained.\n\nMr. Lee. The man.\n\nTHE END. It stopped.",
        "- Oslo: rain\n- Paris: sun\n- Oslo: more rain",
        "- Ann Lee: the mayor of Velm\n- Bo Ray: her brother",
        "Mr. Brand. He was the man.\n\nIt rained on him.",
        "Ann Lee came - mayor or not: she came.\n\nBo Ray stayed.\n\nAnn Lee came - mayor or not: she came.",
        "The mayor spoke.\n\nSenator Adair. That was her name.",
        "It rained.\n\nSpeaker 1 was old.\n\nSpeaker 2 was new.",
        "Question (again): who pays\n\nThe town pays.",
    ] {
        assert_eq!(labels(story), Vec::<String>::new(), "{story}");
    }
}

#[test]
fn a_paragraph_with_several_turns_is_cut_before_each() {
    let story = from_text(
        "Finch joked with the bankers. “PARTICIPANT: I had the honour to raise money for you. MS. FINCH: You are the \
         smartest people. PARTICIPANT: I think you called me.”",
    );
    assert_eq!(speakers(&story), ["PARTICIPANT", "FINCH", "PARTICIPANT"]);
    assert_eq!(story.blocks().len(), 4);
    assert_eq!(story.blocks()[2].text_span(story.text()).slice(story.text()), "You are the smartest people.");
}

#[test]
fn an_interview_without_labels_is_known_by_its_questions() {
    let plain = "Ann Lee: an interview with the baker\n\nAnn Lee has baked for thirty years.\n\n\
                 When did you begin?\n\nI was a child. My mother baked.\n\nIt was a small shop.\n\n\
                 What do you bake?\n\nBread. We bake at night.\n\nThe shop is open from six.";
    assert_eq!(speakers(&from_text(plain)), ["?", "!", "!", "?", "!"]);
    let hint = Hint { format: Some(Format::Markdown), ..Hint::default() };
    for (format, story) in [
        (
            Format::Markdown,
            "# Five questions for Ann Lee\n\n*By Bo Ray*\n\n**You left the bakery. Why?**\n\nBecause I could.\n\n\
             **What did the owner say?**\n\nHe said \"About time\" and hugged me.\n\n**Tell us about your kitchen.**\n\nIt is mine.",
        ),
        (
            Format::Html,
            "<h1>Five questions for Ann Lee</h1><p>By Bo Ray</p><p><strong>You left the bakery. Why?</strong></p>\
             <p>Because I could.</p><p><b>What did the owner say?</b></p><p>He said \"About time\" and hugged me.</p>\
             <p><strong>Tell us about your kitchen.</strong></p><p>It is mine. I love it.</p>",
        ),
    ] {
        let story = from_bytes(story.as_bytes(), &Hint { format: Some(format), ..hint }).unwrap();
        assert_eq!(speakers(&story), ["?", "!", "?", "!", "?", "!"], "{format}");
    }
}

#[test]
fn an_announced_interview_has_questions_without_a_question_mark() {
    for (story, expected) in [
        (
            "An interview with the baker Ann Lee\n\nYou have baked for thirty years.\n\nI was a child when I began.\n\n\
             And who taught you?\n\nMy mother did.\n\nTell us about your kitchen.\n\nWe bake at night, and I sing.",
            "?!?!?!",
        ),
        (
            "Five questions for Ann Lee\n\nHow did you come to baking\n\nMy mother baked, and I helped.\n\n\
             I wanted to ask whether you sleep, since you bake at night.\n\nI do, like a stone.\n\nDo you ever rest?\n\n\
             On Sundays I read.",
            "?!?!?!",
        ),
        (
            "An interview with Ann Lee\n\nWhy do you bake?\n\nBecause I love bread.\n\nThe first shop\n\nWas it hard for \
             you? The rent must …\n\nYes. We paid with bread.\n\nWhat do you bake now?\n\nThe town eats rye, and rye \
             is what it gets from us on all days of the year. It is cheap, it keeps for a week and it feeds a child as \
             well as a docker, which is more than can be said for the white loaves of the chains that came to the \
             harbour in the last ten years. What more would you ask of a loaf than that it feeds you and keeps?\n\n\
             And what would you like to bake?\n\nI would like to bake a cake.",
            "?!?!?!?!",
        ),
    ] {
        let mut turns = speakers(&from_text(story));
        turns.dedup();
        assert_eq!(turns.concat(), expected, "{story}");
    }
}

#[test]
fn a_story_that_asks_its_readers_is_no_interview() {
    for story in [
        "Why does the wall fall?\n\nNobody knows. The council met on Monday.\n\nWho pays for it?\n\nThe town does.\n\n\
         When will it end?\n\nIn May, the mayor said.",
        "“Did you see it?”\n\n“I did,” I said.\n\n“When did you see it?”\n\n“At noon,” I said.\n\n“Are you sure?”\n\nI was.",
        "Who pays for the wall?\n\nWe do. It is our money.\n\nWho asked us?\n\nNobody asked me.\n\nWill you vote for it?\n\nI will not.",
        "Are you ready for winter?\n\nThe council met on Monday. It rained.",
        "The mayor was interviewed on Monday.\n\nYou have to see the dam.\n\nI saw it. It is dry.\n\nThe farmers wait.",
    ] {
        assert_eq!(speakers(&from_text(story)), Vec::<String>::new(), "{story}");
    }
}

#[test]
fn subtitles_name_their_speakers() {
    let subtitles = "WEBVTT\n\n00:00:04.000 --> 00:00:06.000\n<v Lena Holt>Welcome to\n\n\
                     00:00:06.000 --> 00:00:08.000\n<v Lena Holt>everyone.\n\n\
                     00:00:09.000 --> 00:00:10.000\n<v Piet Maas>It loses money.\n\n\
                     00:00:11.000 --> 00:00:12.000\n<v Lena Holt>Why keep it?\n";
    let story = from_bytes(subtitles.as_bytes(), &Hint::default()).unwrap();
    assert_eq!(speakers(&story), ["Lena Holt", "Piet Maas", "Lena Holt"]);
    assert_eq!(story.blocks()[0].text_span(story.text()).slice(story.text()), "Welcome to everyone.");
}
