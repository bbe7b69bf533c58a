//! The unpacked bytes of a WARC file: of a gzip file, one member after another, each read on its own.

use std::io::{self, BufRead, BufReader, Chain, Read, Take};

use flate2::bufread::GzDecoder;

/// The first bytes of a gzip member.
const GZIP_MAGIC: &[u8] = &[0x1f, 0x8b, 8];

/// No bytes of a member were looked at yet.
const NOTHING: &[u8] = &[];

/// Buffer size for unpacked bytes.
const BUFFER_BYTES: usize = 64 << 10;

/// The bytes of a member that were looked at already, then the rest of the file.
type Packed<R> = Chain<&'static [u8], R>;

/// A WARC file from which bytes can be put back.
pub(crate) struct WarcStream<R: BufRead> {
    /// Bytes that were put back; they are read first.
    returned: Vec<u8>,
    /// How many of them are read.
    consumed: usize,
    /// `None` only while a member is exchanged for the next one.
    member: Option<Member<R>>,
}

/// The part of a file that is read: a gzip member, or all of a file that is not compressed.
enum Member<R: BufRead> {
    Plain(Packed<R>),
    Gzip(Box<BufReader<GzDecoder<Packed<R>>>>),
}

impl<R: BufRead> Member<R> {
    /// Begins a gzip member; `start` holds those of its bytes that are taken from `file` already.
    fn gzip(start: &'static [u8], file: R) -> Self {
        Self::Gzip(Box::new(BufReader::with_capacity(BUFFER_BYTES, GzDecoder::new(start.chain(file)))))
    }

    /// The rest of the file, after what the member has taken of it.
    fn into_file(self) -> R {
        match self {
            Self::Plain(packed) => packed.into_inner().1,
            Self::Gzip(decoder) => decoder.into_inner().into_inner().into_inner().1,
        }
    }
}

impl<R: BufRead> WarcStream<R> {
    /// Opens a file; its first bytes tell whether it is compressed.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn new(mut file: R) -> io::Result<Self> {
        let is_gzip = file.fill_buf()?.starts_with(&GZIP_MAGIC[..2]);
        let member = if is_gzip { Member::gzip(NOTHING, file) } else { Member::Plain(NOTHING.chain(file)) };
        Ok(Self { returned: Vec::new(), consumed: 0, member: Some(member) })
    }

    /// Goes on with the next gzip member after the end of one; false at the end of the file.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn next_member(&mut self) -> io::Result<bool> {
        let Some(Member::Gzip(decoder)) = self.member.take() else { return Ok(false) };
        let mut file = Member::Gzip(decoder).into_file();
        // Some writers fill a block of the disk with zeros.
        while file.fill_buf()?.first() == Some(&0) {
            file.consume(1);
        }
        if file.fill_buf()?.is_empty() {
            return Ok(false);
        }
        self.member = Some(Member::gzip(NOTHING, file));
        Ok(true)
    }

    /// Goes on with the next bytes that look like the start of a gzip member, after an error in one; false if there are
    /// none.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn skip_to_member(&mut self) -> io::Result<bool> {
        let Some(Member::Gzip(decoder)) = self.member.take() else { return Ok(false) };
        let mut file = Member::Gzip(decoder).into_file();
        let mut matched = 0;
        loop {
            let buffer = file.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            let mut taken = 0;
            for byte in buffer {
                taken += 1;
                matched = match *byte {
                    byte if byte == GZIP_MAGIC[matched] => matched + 1,
                    byte if byte == GZIP_MAGIC[0] => 1,
                    _ => 0,
                };
                if matched == GZIP_MAGIC.len() {
                    break;
                }
            }
            file.consume(taken);
            if matched == GZIP_MAGIC.len() {
                self.member = Some(Member::gzip(GZIP_MAGIC, file));
                return Ok(true);
            }
        }
    }

    /// Puts bytes back, so that they are read again.
    pub(crate) fn put_back(&mut self, bytes: &[u8]) {
        let unread = self.returned.split_off(self.consumed);
        self.returned = [bytes, &unread].concat();
        self.consumed = 0;
    }

    /// Reads a line with its line break, at most `limit` bytes; empty at the end of a member.
    ///
    /// # Errors
    /// If the member is damaged or the file cannot be read.
    pub(crate) fn read_line(&mut self, limit: u64) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        let mut limited: Take<&mut Self> = self.take(limit);
        limited.read_until(b'\n', &mut line)?;
        Ok(line)
    }
}

impl<R: BufRead> BufRead for WarcStream<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.consumed < self.returned.len() {
            return Ok(&self.returned[self.consumed..]);
        }
        match &mut self.member {
            Some(Member::Plain(file)) => file.fill_buf(),
            Some(Member::Gzip(decoder)) => decoder.fill_buf(),
            None => Ok(&[]),
        }
    }

    fn consume(&mut self, amount: usize) {
        if self.consumed < self.returned.len() {
            self.consumed += amount;
            return;
        }
        match &mut self.member {
            Some(Member::Plain(file)) => file.consume(amount),
            Some(Member::Gzip(decoder)) => decoder.consume(amount),
            None => {}
        }
    }
}

impl<R: BufRead> Read for WarcStream<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}
