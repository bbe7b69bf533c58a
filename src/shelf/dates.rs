//! Dates as people say them: "today", "yesterday", "3 May".

use pullquote::story::MONTHS;
use rusqlite::{Result, Row};

/// The three columns that `day_column` reads: the local date of a time, today's and yesterday's.
macro_rules! day_of {
    ($time:literal) => {
        concat!(
            "date(",
            $time,
            ", 'unixepoch', 'localtime'), date('now', 'localtime'), date('now', '-1 day', 'localtime')"
        )
    };
}
pub(crate) use day_of;

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

/// Describes the day in the columns of `day_of!`.
pub(crate) fn day_column(row: &Row, column: usize) -> Result<String> {
    // SQLite has no date for a time after the year 9999.
    let date = |column| row.get::<_, Option<String>>(column).map(Option::unwrap_or_default);
    Ok(describe_day(&date(column)?, &date(column + 1)?, &date(column + 2)?))
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
