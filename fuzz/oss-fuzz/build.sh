#!/bin/bash -eu
# Builds the targets as OSS-Fuzz and ClusterFuzzLite want them: in $OUT each target, its seeds as a zip, its dictionary and options.
# The engine is $LIB_FUZZING_ENGINE, the source $SRC/atwire.
source=$SRC/atwire
build=${WORK:-$OUT}/atwire-build

# A newer compiler knows new warnings: they are for those who change the code.
cmake -S "$source" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo \
    -DCMAKE_CXX_COMPILER="${CXX:-clang++}" -DCMAKE_CXX_FLAGS="${CXXFLAGS:-}" -DATWIRE_WARNINGS_ARE_ERRORS=OFF \
    -DATWIRE_FUZZ=ON -DATWIRE_FUZZING_ENGINE="$LIB_FUZZING_ENGINE" \
    -DATWIRE_TESTS=OFF -DATWIRE_EXAMPLES=OFF -DATWIRE_BENCH=OFF > /dev/null
cmake --build "$build"

for program in "$build"/fuzz/fuzz_*; do
    [ -x "$program" ] && [ -f "$program" ] || continue
    name=$(basename "$program")
    target=${name#fuzz_}
    cp "$program" "$OUT/"
    seeds=$build/fuzz/zip/$target
    rm -rf "$seeds" "$OUT/${name}_seed_corpus.zip"
    mkdir -p "$seeds"
    cp -r "$build/fuzz/seeds/$target/." "$seeds/"
    [ ! -d "$source/fuzz/regressions/$target" ] || cp -r "$source/fuzz/regressions/$target/." "$seeds/"
    (cd "$seeds" && find . -type f | sort | zip -q "$OUT/${name}_seed_corpus.zip" -@)
    [ ! -f "$build/fuzz/$target.dict" ] || cp "$build/fuzz/$target.dict" "$OUT/$name.dict"
    printf '[libfuzzer]\nmax_len = 1200\nentropic = 0\n' > "$OUT/$name.options"
done
