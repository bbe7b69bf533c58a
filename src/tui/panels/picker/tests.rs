//! Tests of the picker: rows, the selection, items that come later.

use super::*;
use crate::tui::tests::TestApp;

/// Quotes of two stories.
struct Weather;

impl PickerSource for Weather {
    type Target = (usize, usize);

    fn title(&self) -> String {
        "Weather".into()
    }

    fn no_match_message(&self, _app: &App, _typed: &str) -> String {
        "No weather".into()
    }

    fn items(&self, _app: &App) -> Vec<PickerItem<Self::Target>> {
        let item = |text: &str, target: Self::Target| PickerItem {
            under_story: Some(target.0),
            ..PickerItem::new(text, target)
        };
        vec![item("“It rained.”", (0, 3)), item("“It snowed.”", (0, 4)), item("“It froze.”", (2, 0))]
    }

    fn accept(&self, _app: &mut App, _target: Self::Target) -> Response {
        Response::Close
    }
}

#[test]
fn quotes_are_listed_under_their_stories_and_the_selected_one_is_visible() {
    use PickerRow::{Item, Story};
    let mut picker = Picker::new(Weather, &TestApp::new().app, None);
    let visible = |picker: &Picker<Weather>, height| picker.arrange_rows(height, |_| 1);
    assert_eq!(visible(&picker, 9), [Story(0), Item(0, 0), Item(1, 0), Story(2), Item(2, 0)]);
    picker.selected.move_by(9, 3);
    assert_eq!(visible(&picker, 2), [Story(2), Item(2, 0)]);
    // Of an item that takes two rows, both are visible.
    assert_eq!(picker.arrange_rows(3, |_| 2), [Story(2), Item(2, 0), Item(2, 1)]);
}

#[test]
fn items_that_come_behind_an_input_are_listed_where_they_match() {
    let app = TestApp::new().app;
    let mut picker = Picker::new(Weather, &app, None);
    picker.input = TextInput::new("sno");
    picker.match_input(&app);
    picker.append_items(vec![PickerItem::new("Snow", (3, 0)), PickerItem::new("Rain", (3, 1))]);
    let listed = (0..picker.matching.len()).filter_map(|it| picker.item_at(it)).map(|it| it.target);
    assert_eq!(listed.collect::<Vec<_>>(), [(3, 0), (0, 4)]);
    assert_eq!(picker.selected_item().map(|it| it.target), Some((0, 4)));
    assert_eq!(picker.total, 5);
}

#[test]
fn what_is_selected_stays_selected_when_items_come() {
    let mut app = TestApp::new().app;
    let mut picker = Picker::new(Weather, &app, Some(&(0, 4)));
    let mut items = picker.items.clone();
    items.rotate_right(1);
    picker.set_items(items);
    assert_eq!(picker.selected_item().map(|it| it.target), Some((0, 4)));
    picker.input = TextInput::new("froze");
    picker.refresh(&mut app);
    assert_eq!((picker.matching.len(), picker.items.len()), (1, 3));
    assert_eq!(picker.selected_item().map(|it| it.target), Some((2, 0)));
}
