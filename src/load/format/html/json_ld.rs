//! JSON-LD: what a page tells search engines about its story, in the vocabulary of schema.org.

use std::collections::{HashMap, VecDeque};

use dom_query::Document;
use serde_json::{Map, Value};

use crate::load::text::compare;

/// The properties of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LinkedData {
    pub(crate) headline: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) published: Option<String>,
    pub(crate) outlet: Option<String>,
    /// The whole text of the story, as plain text or as HTML.
    pub(crate) body: Option<String>,
}

type Object = Map<String, Value>;

impl LinkedData {
    /// Reads all JSON-LD of a page. Of several stories it is the one whose headline stands in the page's `title`.
    pub(crate) fn of(page: &Document, title: &str) -> Self {
        let scripts = page.select("script[type]");
        let is_linked_data = |it: &&dom_query::NodeRef| {
            it.attr("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
        };
        let values: Vec<Value> =
            scripts.nodes().iter().filter(is_linked_data).filter_map(|it| parse(&it.text())).collect();
        let objects = objects_in(&values);
        let by_id: HashMap<&str, &Object> = objects
            .iter()
            .filter(|it| it.len() > 1)
            .filter_map(|it| Some((it.get("@id")?.as_str()?, *it)))
            .collect();
        let stories: Vec<&Object> = objects.iter().copied().filter(|it| is_story(it)).collect();
        let has_title =
            |it: &&&Object| text_of(it, "headline").is_some_and(|it| compare::letters_within(&it, title));
        let Some(story) = stories.iter().find(has_title).or_else(|| stories.first()) else {
            return Self::default();
        };
        let names = |key: &str| story.get(key).map(|it| names(it, &by_id)).unwrap_or_default();
        let authors = [names("author"), names("creator")].into_iter().find(|it| !it.is_empty());
        Self {
            headline: text_of(story, "headline").or_else(|| text_of(story, "name")),
            authors: authors.unwrap_or_default(),
            published: text_of(story, "datePublished").or_else(|| text_of(story, "dateCreated")),
            outlet: names("publisher").into_iter().next(),
            body: text_of(story, "articleBody"),
        }
    }
}

/// Parses the content of a script, with the faults that are frequent: comment marks around it, control characters in it.
fn parse(script: &str) -> Option<Value> {
    let script = script.replace("<![CDATA[", "");
    let start = script.find(['{', '['])?;
    let end = script.trim_end().trim_end_matches("]]>").rfind(['}', ']'])?;
    let json = script.get(start..=end)?;
    serde_json::from_str(json).ok().or_else(|| {
        let clean: String = json.chars().map(|ch| if ch.is_control() { ' ' } else { ch }).collect();
        serde_json::from_str(&clean).ok()
    })
}

/// All objects in some values, those of the outer levels first.
fn objects_in(values: &[Value]) -> Vec<&Object> {
    let mut queue: VecDeque<&Value> = values.iter().collect();
    let mut objects = Vec::new();
    while let Some(value) = queue.pop_front() {
        match value {
            Value::Array(items) => queue.extend(items),
            Value::Object(object) => {
                queue.extend(object.values());
                objects.push(object);
            }
            _ => {}
        }
    }
    objects
}

/// Whether an object describes a story.
fn is_story(object: &Object) -> bool {
    let is_story_type = |name: &str| {
        let name = name.rsplit(['/', ':']).next().unwrap_or(name);
        name.ends_with("Article")
            || name.ends_with("BlogPosting")
            || matches!(name, "Report" | "Review" | "Blog")
    };
    match object.get("@type") {
        Some(Value::String(name)) => is_story_type(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is_story_type),
        _ => false,
    }
}

/// The text of a property; `None` if it is absent or empty. Of a list it is the first text.
fn text_of(object: &Object, key: &str) -> Option<String> {
    let value = match object.get(key)? {
        Value::Array(items) => items.iter().find(|it| it.is_string())?,
        value => value,
    };
    value.as_str().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned)
}

/// The names in a property that holds people or organisations: texts, objects, references to objects, or lists of these.
fn names(value: &Value, by_id: &HashMap<&str, &Object>) -> Vec<String> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        value => std::slice::from_ref(value),
    };
    let name = |item: &Value| match item {
        Value::String(name) => Some(name.trim().to_owned()),
        Value::Object(object) => text_of(object, "name").or_else(|| {
            let reference = object.get("@id")?.as_str()?;
            text_of(by_id.get(reference)?, "name")
        }),
        _ => None,
    };
    items.iter().filter_map(name).filter(|it| !it.is_empty()).collect()
}
