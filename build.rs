//! Unpacks the weights of the tagger, which are kept packed so that the package fits into a registry. The program
//! contains them as plain bytes and unpacks nothing when it starts.

use std::error::Error;
use std::io::Read;
use std::path::Path;
use std::{env, fs};

use ruzstd::decoding::StreamingDecoder;

/// The weights, compressed by zstd; relative to the folder of the package.
const PACKED: &str = "assets/model/network.bin.zst";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={PACKED}");
    let packed = fs::read(PACKED)?;
    let mut weights = Vec::new();
    StreamingDecoder::new(packed.as_slice())?.read_to_end(&mut weights)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("network.bin"), weights)?;
    Ok(())
}
