#!/bin/bash -eu
# Builds every fuzz target into $OUT, with its seeds, its corpus and the dictionary. OSS-Fuzz sets OUT; elsewhere any
# folder does.
# In the checkout of the repository, which is the folder that the Dockerfile starts in.
cd fuzz
cargo fuzz build --fuzz-dir . -O "$@"
programs=${CARGO_TARGET_DIR:-target}/x86_64-unknown-linux-gnu/release
for source in fuzz_targets/*.rs; do
    target=$(basename "$source" .rs)
    [ -x "$programs/$target" ] || continue
    cp "$programs/$target" "$OUT/"
    cp ../seeds/mms.dict "$OUT/$target.dict"
    inputs=$(mktemp -d)
    cp -r "../seeds/$target/." "$inputs"
    [ ! -f "corpora/$target.tar.xz" ] || tar -xJf "corpora/$target.tar.xz" -C "$inputs"
    python3 -c 'import shutil, sys; shutil.make_archive(sys.argv[1], "zip", sys.argv[2])' \
        "$OUT/${target}_seed_corpus" "$inputs"
    rm -r "$inputs"
done
