//! Fuzz target: any bytes are a network that can be used, or no network.

#![no_main]

#[path = "../../src/engine"]
#[allow(dead_code, reason = "the program uses the rest")]
mod engine {
    #[path = "tagger"]
    pub(crate) mod tagger {
        pub(crate) mod crf;
        pub(crate) mod encoder;
        pub(crate) mod format;
        pub(crate) mod layers;
        pub(crate) mod quantized;
        pub(crate) mod row_ops;
    }
}

use engine::tagger::encoder::{WindowPieces, Workspace};
use engine::tagger::format;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // The program embeds its network, which so lives as long as the program.
    let file: &'static [u8] = Box::leak(bytes.to_vec().into_boxed_slice());
    if let Some(encoder) = format::read_encoder(file, None) {
        let window = WindowPieces { ids: vec![2, 5, u32::MAX, 3], shapes: vec![0, 1, 255, 0], wanted: vec![1, 2] };
        let logits = encoder.forward(&mut Workspace::default(), &[window]);
        assert_eq!(logits[0].attribution(1).len(), logits[0].attribution(0).len());
    }
    // SAFETY: the bytes were leaked above, and nothing of the encoder is left.
    drop(unsafe { Box::from_raw(std::ptr::from_ref(file).cast_mut()) });
});
