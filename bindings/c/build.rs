//! Names the shared library and the version of its symbols.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        // The name of the library is the version of every symbol. Other linkers than that of GNU do not do this.
        for argument in ["-fuse-ld=bfd", "-Wl,-soname,libmms_codec.so.0", "-Wl,--default-symver"] {
            println!("cargo:rustc-cdylib-link-arg={argument}");
        }
    }
}
