// An event or a command that outlives its chunk.
#ifndef CONFORMANCE_RULES_KEPT_HPP
#define CONFORMANCE_RULES_KEPT_HPP

#include <atwire/command.hpp>
#include <atwire/event.hpp>
#include <cstring>
#include <memory>
#include <optional>

namespace conformance {

/// A copy of the message with the texts that its fields view. Copies of it share them.
template <class Message>
class Kept {
public:
    explicit Kept(const Message& message) : message_{message} {
        std::size_t size = 0;
        each_text([&size](std::string_view& text) { size += text.size(); });
        texts_ = std::make_shared<char[]>(size);
        char* next = texts_.get();
        each_text([&next](std::string_view& text) {
            if (!text.empty()) std::memcpy(next, text.data(), text.size());
            text = {next, text.size()};
            next += text.size();
        });
    }

    const Message& operator*() const { return message_; }
    const Message* operator->() const { return &message_; }

private:
    template <class Use>
    void each_text(Use use) {
        for (const atwire::Field& field : atwire::fields(message_.kind)) {
            if (!atwire::present(message_.body, field)) continue;
            auto& body = message_.body;
            switch (field.type) {
                case atwire::Type::text:
                    use(field.optional ? atwire::member<atwire::Maybe<std::string_view>>(body, field).value
                                       : atwire::member<std::string_view>(body, field));
                    break;
                case atwire::Type::values: use(atwire::member<atwire::Values>(body, field).text); break;
                case atwire::Type::options: use(atwire::member<atwire::CoapOptions>(body, field).text); break;
                default: break;
            }
        }
    }

    Message message_;
    std::shared_ptr<char[]> texts_;
};

/// The value of an optional field.
template <class Value>
std::optional<Value> as_optional(const atwire::Maybe<Value>& field) {
    return field ? std::optional<Value>{*field} : std::nullopt;
}

}  // namespace conformance

#endif
