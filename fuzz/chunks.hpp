// How a stream's bytes are handed on: each chunk ends where its block does, and is overwritten when it has been used up, so that
// whoever reads past its end or keeps a view of it is found out.
#ifndef FUZZ_CHUNKS_HPP
#define FUZZ_CHUNKS_HPP

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace fuzz {

/// The sizes of a stream's chunks.
class Cut {
public:
    static Cut whole() { return Cut{0, 0}; }
    static Cut single() { return Cut{1, 0}; }
    /// Up to `most` bytes, none at all among them, by a generator that `seed` begins.
    static Cut random(std::size_t most, std::uint64_t seed) { return Cut{most, seed | 1}; }

    /// The next chunk's size, of `left` bytes.
    std::size_t next(std::size_t left) {
        if (most_ == 0) return left;
        if (seed_ != 0) seed_ = seed_ * 6364136223846793005u + 1442695040888963407u;  // Knuth's
        return seed_ == 0 ? most_ : std::min(left, static_cast<std::size_t>(seed_ >> 33) % (most_ + 1));
    }

private:
    Cut(std::size_t most, std::uint64_t seed) : most_{most}, seed_{seed} {}
    std::size_t most_;
    std::uint64_t seed_;
};

class Chunk {
public:
    /// `most` bytes at once; `fill` is what is left of a chunk that is over.
    Chunk(std::size_t most, char fill) : block_{std::make_unique<char[]>(most)}, most_{most}, fill_{fill} {}

    std::string_view of(std::string_view bytes) {
        end();
        used_ = bytes.size();
        if (used_ != 0) std::memcpy(block_.get() + most_ - used_, bytes.data(), used_);
        return {block_.get() + most_ - used_, used_};
    }
    void end() { std::memset(block_.get() + most_ - used_, fill_, used_); }

private:
    std::unique_ptr<char[]> block_;
    std::size_t most_;
    std::size_t used_ = 0;
    char fill_;
};

}  // namespace fuzz

#endif
