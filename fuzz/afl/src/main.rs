//! The fuzz target that `MMS_TARGET` names, for AFL++.

use std::env;

use mms_codec::fuzz::Target;

fn main() {
    let name = env::var("MMS_TARGET").expect("MMS_TARGET names the target");
    let target: Target = name.parse().expect("the name of a target");
    afl::fuzz!(|data: &[u8]| target.run(data));
}
