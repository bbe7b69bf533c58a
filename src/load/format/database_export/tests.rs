//! Exports of databases: the articles of a file and their fields.

use std::borrow::Cow;

use crate::load::{Hint, from_part, split};
use crate::story::Story;

fn stories(export: &str) -> Vec<Story> {
    let hint = Hint { name: Some("a.txt"), ..Hint::default() };
    let parts = split(Cow::Borrowed(export.as_bytes()), &hint).expect("it is text");
    parts.iter().map(|it| from_part(it, &hint).expect("it is a story")).collect()
}

const NEXIS: &str = "
                               1 of 2 DOCUMENTS


                         The Tarn Courier (Oddmouth)

                      March 14, 2025 Friday 9:01 AM GMT

Ferry stays, says
mayor

BYLINE: Anna Holt

SECTION: NEWS; Pg. 3

LENGTH: 12 words


\"It is the right thing,\" said Mayor Lena Holt.

Nobody disagreed.

LOAD-DATE: March 14, 2025

LANGUAGE: ENGLISH

                  Copyright 2025 Tarn Courier Ltd
                         All Rights Reserved

                               2 of 2 DOCUMENTS

                         The Tarn Courier (Oddmouth)

                      March 15, 2025 Saturday

Bridge falls

LENGTH: 9 words

\"It was old,\" said Piet Maas.
";

const NEXIS_UNI: &str = "Ferry stays, says mayor
The Tarn Courier
March 14, 2025 Friday

Copyright 2025 Tarn Courier Ltd All Rights Reserved

Section: NEWS; Pg. 3
Length: 12 words
Byline: Anna Holt
Body

\"It is the right thing,\" said Mayor Lena Holt.

Nobody disagreed.

Load-Date: March 14, 2025

End of Document

Bridge falls
The Tarn Courier
March 15, 2025 Saturday

Copyright 2025 Tarn Courier Ltd All Rights Reserved

Length: 9 words
Body

\"It was old,\" said Piet Maas.

End of Document
";

const FACTIVA: &str = "Ferry stays, says mayor

By Anna Holt
312 words
14 March 2025
The Tarn Courier
TARNCR
English
(c) 2025 Tarn Courier Ltd.

\"It is the right thing,\" said Mayor Lena Holt.

Nobody disagreed.

Document TARNCR0020250314el3e0001v

Bridge falls

209 words
15 March 2025
The Tarn Courier
TARNCR
English
(c) 2025 Tarn Courier Ltd.

\"It was old,\" said Piet Maas.

Document TARNCR0020250315el3f0002x
";

const FACTIVA_FIELDS: &str = "HD  Ferry stays, says mayor
BY  Anna Holt
WC  312 words
PD  14 March 2025
SN  The Tarn Courier
LA  English
CY  (c) 2025 Tarn Courier Ltd.
LP  \"It is the right thing,\" said Mayor Lena Holt.
TD

Nobody disagreed.
AN  Document TARNCR0020250314el3e0001v

HD  Bridge falls
WC  209 words
PD  15 March 2025
SN  The Tarn Courier
LA  English
LP  \"It was old,\" said Piet Maas.
AN  Document TARNCR0020250315el3f0002x
";

const PROQUEST: &str = "____________________________________________________________
Report Information from ProQuest
14 March 2025 10:02
____________________________________________________________

Document 1 of 2

Title: Ferry stays, says mayor

Author: Anna Holt

Publication title: The Tarn Courier

Publication date: 14 March 2025

Full text:

\"It is the right thing,\" said Mayor Lena Holt.

Nobody disagreed.

Language of publication: English

Copyright: Tarn Courier Ltd, 2025

____________________________________________________________

Document 2 of 2

Title: Bridge falls

Publication title: The Tarn Courier

Full text: \"It was old,\" said Piet Maas.

ISSN: 00000000
";

#[test]
fn each_article_of_an_export_is_a_story_with_its_head() {
    for export in [NEXIS, NEXIS_UNI, FACTIVA, FACTIVA_FIELDS, PROQUEST] {
        let stories = stories(export);
        assert_eq!(stories.len(), 2, "{export}");
        let first = &stories[0];
        assert_eq!(first.headline(), Some("Ferry stays, says mayor"), "{export}");
        assert!(first.byline().is_some_and(|it| it.ends_with("Anna Holt")), "{export}");
        assert!(first.outlet.as_deref().is_some_and(|it| it.starts_with("The Tarn Courier")), "{export}");
        assert!(first.published.as_deref().is_some_and(|it| it.contains("14")), "{export}");
        assert!(
            first.text().ends_with("\"It is the right thing,\" said Mayor Lena Holt.\n\nNobody disagreed."),
            "{}",
            first.text()
        );
        assert_eq!(stories[1].headline(), Some("Bridge falls"), "{export}");
        assert_eq!(stories[1].source.as_deref(), Some("a.txt: article 2"));
        assert!(stories[1].text().ends_with("\"It was old,\" said Piet Maas."), "{}", stories[1].text());
    }
}

#[test]
fn a_story_about_documents_is_one_story() {
    for text in [
        "Papers found\n\nThe court saw 3 of 50 documents.\nDocument 7 was missing.\n\n12 of 50 documents\n\nIt rained.",
        "It was the\nend of documents.\n\nIt rained.\nIt stopped.",
    ] {
        assert_eq!(stories(text).len(), 1, "{text}");
    }
}
