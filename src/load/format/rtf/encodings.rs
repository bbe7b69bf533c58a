//! Encodings of RTF, by code page and by the character set of a font.

use encoding_rs::Encoding;

/// The encoding of a code page; `None` if it is not known.
pub(super) fn encoding_of_page(page: i32) -> Option<&'static Encoding> {
    let label = match page {
        10000 => "macintosh".into(),
        65001 => "utf-8".into(),
        932 => "shift_jis".into(),
        936 => "gbk".into(),
        949 => "euc-kr".into(),
        950 => "big5".into(),
        page => format!("windows-{page}"),
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a font's character set; `None` for those that do not decide it.
pub(super) fn encoding_of_charset(charset: i32) -> Option<&'static Encoding> {
    let page = match charset {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    encoding_of_page(page)
}
