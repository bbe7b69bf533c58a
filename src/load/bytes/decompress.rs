//! Decompression of gzip, bzip2, xz and zstd, known by their first bytes. The size is limited, since a small archive may hold
//! any number of bytes.

use std::io::{self, Read};

use crate::load::error::{Error, MAX_BYTES};

/// The bytes inside an archive; `None` if `bytes` are none. An archive in an archive is unpacked too.
///
/// # Errors
///
/// [`Error::TooLarge`] if there are more than [`MAX_BYTES`] bytes inside, and [`Error::Binary`] if the archive is damaged.
pub(crate) fn decompress(bytes: &[u8]) -> Result<Option<Vec<u8>>, Error> {
    const MAX_LAYERS: usize = 2;
    let mut unpacked: Option<Vec<u8>> = None;
    for _ in 0..MAX_LAYERS {
        match decompress_layer(unpacked.as_deref().unwrap_or(bytes)) {
            None => break,
            Some(inside) => unpacked = Some(inside?),
        }
    }
    Ok(unpacked)
}

/// The bytes inside one archive; `None` if `bytes` are none.
fn decompress_layer(bytes: &[u8]) -> Option<Result<Vec<u8>, Error>> {
    /// Memory for the dictionary of an xz archive, in KiB.
    const MAX_XZ_MEMORY: u32 = 128 << 10;
    Some(match bytes {
        [0x1f, 0x8b, ..] => read_to_limit(flate2::read::MultiGzDecoder::new(bytes), "a damaged gzip archive"),
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => {
            read_to_limit(bzip2::read::MultiBzDecoder::new(bytes), "a damaged bzip2 archive")
        }
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => {
            let decoder = lzma_rust2::XzReader::new_mem_limit(bytes, true, MAX_XZ_MEMORY);
            read_to_limit(decoder, "a damaged xz archive")
        }
        [0x28, 0xb5, 0x2f, 0xfd, ..] => match ruzstd::decoding::StreamingDecoder::new(bytes) {
            Ok(decoder) => read_to_limit(decoder, "a damaged zstd archive"),
            Err(_) => Err(damaged("a damaged zstd archive")),
        },
        _ => return None,
    })
}

/// Reads all that is inside an archive.
fn read_to_limit(archive: impl Read, description: &'static str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read: io::Result<usize> = archive.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes);
    match read {
        Err(_) => Err(damaged(description)),
        Ok(_) if bytes.len() > MAX_BYTES => Err(Error::TooLarge),
        Ok(_) => Ok(bytes),
    }
}

fn damaged(description: &'static str) -> Error {
    Error::Binary { description, advice: Some("copy or download it again") }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// "It rained.\n", packed by bzip2 1.0, xz 5.4 and zstd 1.5.
    const BZIP2: &[u8] = include_bytes!("decompress/story.bz2");
    const XZ: &[u8] = include_bytes!("decompress/story.xz");
    const ZSTD: &[u8] = include_bytes!("decompress/story.zst");

    #[test]
    fn each_kind_of_archive_is_unpacked() {
        let text = b"It rained.\n";
        for archive in [gzip(text), gzip(&gzip(text)), [gzip(b"It "), gzip(b"rained.\n")].concat()] {
            assert_eq!(decompress(&archive).unwrap().as_deref(), Some(text.as_slice()));
        }
        for archive in [BZIP2, XZ, ZSTD] {
            assert_eq!(decompress(archive).unwrap().as_deref(), Some(text.as_slice()));
        }
        assert_eq!(decompress(text).unwrap(), None);
    }

    #[test]
    fn a_damaged_archive_and_one_that_grows_too_large_are_refused() {
        for archive in [&gzip(b"It rained.")[..12], &BZIP2[..20], &XZ[..20], &ZSTD[..8]] {
            let error = decompress(archive).expect_err("it is cut").to_string();
            assert!(error.contains("damaged") && error.ends_with("copy or download it again"), "{error}");
        }
        let bomb = gzip(&vec![b' '; MAX_BYTES + 1]);
        assert!(matches!(decompress(&bomb), Err(Error::TooLarge)));
    }
}
