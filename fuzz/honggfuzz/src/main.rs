//! The fuzz target that `MMS_TARGET` names, for honggfuzz.

use std::env;

use mms_codec::fuzz::Target;

fn main() {
    let name = env::var("MMS_TARGET").expect("MMS_TARGET names the target");
    let target: Target = name.parse().expect("the name of a target");
    loop {
        honggfuzz::fuzz!(|data: &[u8]| { target.run(data) });
    }
}
