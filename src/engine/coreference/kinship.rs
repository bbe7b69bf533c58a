//! Kinship: whose relative somebody is, where the story tells it with a pronoun: "his wife, Ann Lee".

use crate::analysis::EntityKind;
use crate::engine::coreference::Resolver;
use crate::engine::entities::EntityMention;

/// How certain a pronoun must be for its person to be named in a role.
const MIN_OWNER_CERTAINTY: f32 = 0.7;

impl Resolver<'_> {
    /// Adds to the roles of relatives whose relatives they are: "wife" becomes "wife of Bo Ray".
    pub(super) fn name_owners_of_kin(&mut self) {
        for (mention, cluster) in self.entity_mentions.iter().zip(&self.cluster_of_mention) {
            let Some((role, owner)) = self.owner_of_kin(mention).filter(|it| it.1 != *cluster) else {
                continue;
            };
            let name = self.clusters[owner].name.clone();
            let roles = &mut self.clusters[*cluster].roles;
            // "Ann's brother" tells it already.
            let is_told = roles.iter().any(|it| it.len() > role.len() && it.ends_with(&role));
            if let Some(role) = roles.iter_mut().find(|it| !is_told && it.eq_ignore_ascii_case(&role)) {
                *role = format!("{role} of {name}");
            }
        }
    }

    /// The role of a relative behind "his" or "her", and the cluster of the person that the pronoun means; `None` where that is
    /// uncertain, or the role tells it itself.
    fn owner_of_kin(&self, mention: &EntityMention) -> Option<(String, usize)> {
        let role = mention.roles.iter().find(|it| it.end <= mention.span.start).filter(|_| mention.is_kin)?;
        let pronoun = self.doc.token_at(role.start).checked_sub(1)?;
        let is_owner = matches!(self.doc.lower(pronoun).as_str(), "his" | "her");
        let owner = self.resolved.get(&self.doc.tokens[pronoun].span).filter(|_| is_owner)?;
        let words = role.slice(self.doc.text);
        let is_bare = words.split_whitespace().all(|it| it != "of");
        let is_named = self.clusters[owner.cluster].kind == EntityKind::Person
            && self.clusters[owner.cluster].head_noun.is_none();
        let is_certain = owner.certainty >= MIN_OWNER_CERTAINTY;
        let words: Vec<&str> = words.split_whitespace().collect();
        (is_bare && is_named && is_certain).then(|| (words.join(" "), owner.cluster))
    }
}
