//! Continued speakers: a pronoun goes on with what the speaker of the sentence before says, unless somebody else is named in between
//! ("A nurse said the ward was full. “We slept on the floor,” | she | said.").

use crate::analysis::EntityKind;
use crate::engine::coreference::anaphora::UNNAMED_VOICE_CERTAINTY;
use crate::engine::coreference::nominal_source;
use crate::engine::coreference::pronoun::Pronoun;
use crate::engine::coreference::salience::Antecedent;
use crate::engine::coreference::{Resolution, Resolver};
use crate::span::Span;

/// The margin before anybody else. The tagger's link knows names alone, and so does not count against it.
const CONTINUED_MARGIN: f32 = 1.0;

impl Resolver<'_> {
    /// The speaker of the sentence before a pronoun that speaks: an unnamed one, and a named one too if the pronoun stands behind what
    /// it says. `None` where that sentence has another speaker whom the pronoun may mean, or where one is named after it.
    /// `salient` is whom the pronoun means without this.
    pub(super) fn continued_speaker(
        &self,
        pronoun: Pronoun,
        source: Span,
        salient: Option<Antecedent>,
    ) -> Option<Antecedent> {
        let ends_sentence = self.ends_sentence(source);
        let may_go_on = match pronoun {
            Pronoun::He | Pronoun::She | Pronoun::They => true,
            Pronoun::It => ends_sentence,
            _ => false,
        };
        if !may_go_on {
            return None;
        }
        let speakers = self.salience.speakers_of_last_sentence(self.doc, source);
        // "They" who spoke are several people; a company that is named beside them is no rival.
        let may_mean = |cluster: usize| match (pronoun, self.clusters[cluster].kind) {
            (Pronoun::They, kind) => kind == EntityKind::Group,
            (Pronoun::He | Pronoun::She, EntityKind::Organisation) => false,
            _ => self.clusters[cluster].pronoun_score(pronoun).is_some(),
        };
        let last = *speakers.iter().find(|it| may_mean(it.cluster))?;
        let cluster = &self.clusters[last.cluster];
        let is_unnamed = cluster.head_noun.is_some() && cluster.is_plural == (pronoun == Pronoun::They);
        // In another paragraph only a gender that is known is enough, or a quote: "A nurse said no. ⏎ “We slept there,” | she | said."
        let block = |it: Span| self.doc.story.block_at(it.start);
        let goes_on = self.follows_quote(source) || self.begins_sentence(source);
        // "Ann Lee said no. The former mayor was calm. “I stay,” | she | said.": she may be the former mayor.
        let may_be_named = is_unnamed && nominal_source::is_definite(&cluster.name);
        let has_spoken =
            salient.is_some_and(|it| it.cluster != last.cluster && self.salience.has_spoken(it.cluster));
        let goes_on = goes_on && !(may_be_named && has_spoken);
        let is_near = ends_sentence
            || goes_on
            || block(last.span) == block(source)
            || cluster.is_plural
            || cluster.gender.is_some() && cluster.gender == pronoun.gender();
        let is_other = |it: usize| it != last.cluster && may_mean(it);
        // What the pronoun says may name others: "The ministry has no fuel, it said. | Norbex sells oil, | it | added."
        let sentence = &self.doc.sentences[self.doc.sentence_of(self.doc.token_at(source.start))];
        let end =
            if ends_sentence { self.doc.tokens[sentence.tokens.start].span.start } else { source.start };
        let is_only = !speakers.iter().any(|it| is_other(it.cluster))
            && !self.salience.clusters_from(last.span.end, end, cluster.is_plural).any(is_other);
        let is_told_dead = self.deaths.is_told(last.cluster);
        ((is_unnamed || ends_sentence || goes_on) && is_near && is_only && !is_told_dead)
            .then_some(Antecedent { cluster: last.cluster, margin: CONTINUED_MARGIN, second: None })
    }

    /// Whether a pronoun stands directly behind a quote: "“…,” | he | said".
    fn follows_quote(&self, source: Span) -> bool {
        let before = self.doc.token_at(source.start).checked_sub(1);
        before.is_some_and(|it| matches!(self.doc.word(it), "”" | "\"" | "’" | "'"))
    }

    /// Whether a sentence begins with a pronoun.
    fn begins_sentence(&self, source: Span) -> bool {
        let at = self.doc.token_at(source.start);
        self.doc.sentences.get(self.doc.sentence_of(at)).is_some_and(|it| it.tokens.start == at)
    }

    /// Whether a pronoun and its verb end the sentence behind a comma, and what they tell is not quoted: "…, | he | said."
    fn ends_sentence(&self, source: Span) -> bool {
        let at = self.doc.token_at(source.start);
        let last = self.doc.sentences[self.doc.sentence_of(at)].tokens.end;
        let before = |back: usize| at.checked_sub(back).map_or("", |it| self.doc.word(it));
        before(1) == ","
            && !matches!(before(2), "”" | "\"" | "’")
            && at + 3 == last
            && matches!(self.doc.word(at + 2), "." | "!" | "?")
    }

    /// The last person who spoke and whose gender is that of a pronoun, where no person is near: "The council will sell it. | He | said …". `None`
    /// where the last speaker is an organisation, for which somebody goes on to speak.
    pub(super) fn last_person_speaking(&self, pronoun: Pronoun, source: Span) -> Option<Resolution> {
        let last = self.salience.last_speaker(source)?.cluster;
        let cluster = &self.clusters[last];
        let is_same = cluster.gender.is_some() && cluster.gender == pronoun.gender();
        let is_person = cluster.kind == EntityKind::Person || cluster.is_human;
        (is_same && is_person).then_some(Resolution { cluster: last, certainty: UNNAMED_VOICE_CERTAINTY })
    }
}
