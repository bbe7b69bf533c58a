//! Language: whether a text is probably not English, by its script and its most frequent words.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::word_list::word_list;

/// How much of a text is read, in words.
const MAX_WORDS: usize = 2_000;

/// A shorter text may be a list of names.
const MIN_WORDS: usize = 30;

/// Whether a text is probably in another language than English. A text that is too short, or says too little, is not.
pub(crate) fn is_foreign(text: &str) -> bool {
    /// The least share of the frequent words of other languages, in per cent; English stories with foreign names have fewer
    /// than three.
    const MIN_FOREIGN_SHARE: usize = 8;
    let (mut words, mut english, mut foreign, mut other_script) = (0, 0, 0, 0);
    for word in
        text.split(|ch: char| !ch.is_alphanumeric() && ch != '\'').filter(|it| !it.is_empty()).take(MAX_WORDS)
    {
        words += 1;
        other_script += usize::from(word.chars().all(is_other_script));
        let lower = word.to_lowercase();
        let (known, others) = frequent_words();
        english += usize::from(known.contains(lower.as_str()));
        foreign += usize::from(others.contains(lower.as_str()));
    }
    // Scripts without spaces have few, long words.
    let is_mostly_other = other_script * 2 > words && other_script > 2;
    is_mostly_other
        || (words >= MIN_WORDS && foreign * 100 >= words * MIN_FOREIGN_SHARE && foreign > 2 * english)
}

/// Whether a letter is none of the Latin script.
fn is_other_script(ch: char) -> bool {
    const LAST_LATIN: char = '\u{24f}';
    ch.is_alphabetic() && ch > LAST_LATIN && !matches!(ch, '\u{1e00}'..='\u{1eff}')
}

/// The frequent words of English, and those of other languages that are no English words.
fn frequent_words() -> &'static (HashSet<&'static str>, HashSet<&'static str>) {
    static WORDS: OnceLock<(HashSet<&str>, HashSet<&str>)> = OnceLock::new();
    WORDS.get_or_init(|| {
        (
            word_list!("function-words").into_iter().collect(),
            word_list!("foreign-words").into_iter().collect(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_another_language_is_distinguished_from_an_english_one() {
        let german = "Der Bürgermeister sagte am Montag, die letzte Fähre werde nicht verkauft. „Wir haben den Fluss, und wir \
                      haben das Boot“, sagte Lee. Die Mannschaft war mit der Entscheidung zufrieden, aber sie wollte auch eine \
                      Antwort auf die Frage, wer den Motor bezahlt.";
        let french = "Le maire a dit lundi que le dernier bac ne serait pas vendu. « Nous avons la rivière et nous avons le \
                      bateau », a dit Lee. L'équipage est content de la décision, mais il voulait aussi une réponse à la question \
                      de savoir qui paie le moteur dans les années qui viennent.";
        let spanish = "El alcalde dijo el lunes que el último transbordador no se venderá. «Tenemos el río y tenemos el barco», \
                       dijo Lee. La tripulación está contenta con la decisión, pero también quería una respuesta a la pregunta de \
                       quién paga el motor en los próximos años.";
        let polish = "Burmistrz powiedział w poniedziałek, że ostatni prom nie zostanie sprzedany. „Mamy rzekę i mamy łódź”, \
                      powiedział Lee. Załoga jest zadowolona z decyzji, ale chciała też odpowiedzi na pytanie, kto zapłaci za \
                      silnik, który się zepsuł w maju na tej rzece.";
        let russian = "Мэр сказал в понедельник, что последний паром не будет продан.";
        let english = "The mayor said on Monday that the last ferry would not be sold. “We have the river, and we have the boat,” \
                       Lee said. The crew was content with the decision, but it also wanted an answer to the question who would \
                       pay for the engine.";
        let with_names = "Charles de la Tour, Maria de los Santos and Ludwig van der Berg met in La Paz on Monday, said the Banco \
                          de la Nación. El País and Le Monde had reported that Der Spiegel would send a reporter, and Juan del Río \
                          said that he would come too.";
        let list = "Anna Holt\nBo Ray\nPiet Maas\nIda Moor\nRosa Lind\nLena Holt\nMina Lowe\nJo Frith";
        for (text, expected) in [
            (german, true),
            (french, true),
            (spanish, true),
            (polish, true),
            (russian, true),
            (
                "市長は月曜日、最後のフェリーは売却されないと述べた。川は私たちのものだ、とリーは言った。乗組員は満足した。",
                true,
            ),
            (english, false),
            (with_names, false),
            (list, false),
            ("Der letzte Bus.", false),
            ("", false),
        ] {
            assert_eq!(is_foreign(text), expected, "{text}");
        }
    }
}
