//! Dates as people say them: "today", "yesterday", "3 May".

use pullquote::story::MONTHS;

/// Describes a date relative to today: "today", "yesterday", "3 May", or "3 May 2024" in another year.
///
/// All dates are written `2024-05-03`; a date in any other form is returned as it is.
pub(crate) fn describe_day(date: &str, today: &str, yesterday: &str) -> String {
    if date == today {
        return "today".into();
    }
    if date == yesterday {
        return "yesterday".into();
    }
    let mut parts = date.split('-');
    let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
        return date.into();
    };
    let month = month.parse::<usize>().ok().and_then(|it| MONTHS.get(it.wrapping_sub(1)));
    let Some(month) = month else { return date.into() };
    let day = day.trim_start_matches('0');
    if today.starts_with(year) { format!("{day} {month}") } else { format!("{day} {month} {year}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_as_people_say_them() {
        for (date, described) in [
            ("2026-05-04", "today"),
            ("2026-05-03", "yesterday"),
            ("2026-01-31", "31 January"),
            ("2025-12-01", "1 December 2025"),
            ("2026-13-01", "2026-13-01"),
            ("", ""),
        ] {
            assert_eq!(describe_day(date, "2026-05-04", "2026-05-03"), described);
        }
    }
}
