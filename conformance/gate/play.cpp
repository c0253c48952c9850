#include "gate/play.hpp"

#include <stdexcept>

namespace conformance {

void play(Input& input, const PlayOptions& options,
          const std::function<std::function<void(const Step&)>(const atwire::Dialect&, const Capture&)>& begin) {
    const std::unique_ptr<CaptureReader> reader = open_capture(input, options.form);
    std::optional<Step> step = reader->next();
    const atwire::Dialect* own = reader->dialect();
    if (own != nullptr && options.dialect != nullptr && own != options.dialect)
        throw std::runtime_error{input.name() + ": its dialect is " + std::string{own->facts.name} + ", not " +
                                 std::string{options.dialect->facts.name} + " as --dialect says"};
    const atwire::Dialect* dialect = own != nullptr ? own : options.dialect;
    if (dialect == nullptr) throw std::runtime_error{input.name() + ": it names no dialect: --dialect is needed"};
    const std::function<void(const Step&)> take = begin(*dialect, reader->capture());
    for (; step; step = reader->next()) {
        try {
            take(*step);
        } catch (const std::invalid_argument& wrong) {
            throw std::runtime_error{input.name() + ":" + std::to_string(step->line) + ": " + wrong.what()};
        }
    }
}

}  // namespace conformance
