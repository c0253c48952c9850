// Texts made by throwing dice, for what a module says and for what a host says.
#ifndef CONFORMANCE_PROPERTIES_GENERATED_TEXT_HPP
#define CONFORMANCE_PROPERTIES_GENERATED_TEXT_HPP

#include <string>

#include "properties/dice.hpp"

namespace conformance {

/// From `shortest` to `longest` bytes, mostly letters, none of `except`.
std::string some_bytes(Dice& dice, std::string_view except, std::size_t shortest, std::size_t longest);
/// An address of IPv4 or IPv6.
std::string some_address(Dice& dice);
/// Hexadecimal digits of either case.
std::string hex_of(Dice& dice, std::size_t digits);

}  // namespace conformance

#endif
