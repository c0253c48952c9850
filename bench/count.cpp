// One pass of one parser, for a tool that counts instructions: `atwire_count DIALECT STREAM CHUNK STYLE` prints the number of
// events. What to count is the function `counted_pass`. `atwire_count` alone prints all that can be counted.
#include "measure.hpp"

#include <cstdio>
#include <cstdlib>

namespace {

constexpr std::size_t stream_size = 1 << 17;

}  // namespace

extern "C" [[gnu::noinline]] void counted_pass(const atwire::bench::Parser& parser, const atwire::bench::Stream& stream,
                                               std::size_t chunk, atwire::bench::Sum& sum) {
    sum = parser.parse(parser.decoding, stream, chunk);
}

int main(int count, char** arguments) {
    using namespace atwire::bench;
    if (count == 1) {
        for (const Parser& parser : parsers())
            for (const Content content : contents)
                for (const std::size_t chunk : chunk_sizes)
                    std::printf("%s\t%s\t%zu\t%s\n", parser.dialect.data(), name(content).data(), chunk, parser.style.data());
        return 0;
    }
    if (count == 5) {
        const std::string_view dialect = arguments[1];
        const auto chunk = static_cast<std::size_t>(std::strtoul(arguments[3], nullptr, 10));
        const std::string_view style = arguments[4];
        for (const Parser& parser : parsers()) {
            for (const Content content : contents) {
                if (parser.dialect != dialect || parser.style != style || name(content) != arguments[2] || chunk == 0) continue;
                const Stream stream = make_stream(dialect_named(dialect), content, stream_size);
                Sum sum;
                counted_pass(parser, stream, chunk, sum);
                std::printf("%llu\n", static_cast<unsigned long long>(sum.events));
                return sum.events != 0 ? 0 : 1;
            }
        }
    }
    std::fputs("usage: atwire_count [DIALECT STREAM CHUNK STYLE]\n", stderr);
    return 2;
}
