//! Validates the JSON exports against `assets/schema.json`. An unknown keyword fails, so that nothing goes unchecked.

use pullquote::export::SCHEMA;
use serde_json::Value;

/// The places at which JSON is not valid, as JSON pointers.
pub(crate) fn faults(json: &str) -> Vec<String> {
    let root: Value = serde_json::from_str(SCHEMA).unwrap();
    let mut faults = Vec::new();
    check(&serde_json::from_str(json).unwrap(), &root, &root, "", &mut faults);
    faults
}

/// Validates a value against one schema; `root` is the whole schema, for its definitions.
fn check(value: &Value, schema: &Value, root: &Value, pointer: &str, faults: &mut Vec<String>) {
    for (keyword, rule) in schema.as_object().expect("a schema is an object") {
        let valid = match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let target = rule.as_str().unwrap().strip_prefix('#').unwrap();
                check(value, root.pointer(target).expect("it is defined"), root, pointer, faults);
                true
            }
            "oneOf" => {
                let fits = |schema: &&Value| {
                    let mut faults = Vec::new();
                    check(value, schema, root, pointer, &mut faults);
                    faults.is_empty()
                };
                list(rule).filter(fits).count() == 1
            }
            "type" => match rule {
                Value::Array(types) => types.iter().any(|it| has_type(value, it)),
                one => has_type(value, one),
            },
            "const" => value == rule,
            "enum" => list(rule).any(|it| it == value),
            "minimum" => value.as_f64().is_none_or(|it| it >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|it| it <= rule.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|it| it.len() as u64 >= rule.as_u64().unwrap()),
            "items" => {
                for (number, item) in list(value).enumerate() {
                    check(item, rule, root, &format!("{pointer}/{number}"), faults);
                }
                true
            }
            "required" => list(rule).all(|it| value.get(it.as_str().unwrap()).is_some()),
            "properties" => {
                for (name, rule) in rule.as_object().unwrap() {
                    if let Some(value) = value.get(name) {
                        check(value, rule, root, &format!("{pointer}/{name}"), faults);
                    }
                }
                true
            }
            "additionalProperties" => {
                assert_eq!(rule, false);
                value.as_object().is_none_or(|it| it.keys().all(|it| schema["properties"].get(it).is_some()))
            }
            keyword => panic!("this test does not know the keyword {keyword}"),
        };
        if !valid {
            faults.push(format!("{pointer}: {keyword} {rule}"));
        }
    }
}

fn has_type(value: &Value, name: &Value) -> bool {
    match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        name => panic!("this test does not know the type {name}"),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
