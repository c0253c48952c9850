// Everything that the core offers but the dialects: include `atwire/dialects/<name>.hpp` of those that you use.
#ifndef ATWIRE_ATWIRE_HPP
#define ATWIRE_ATWIRE_HPP

#include <atwire/command_decoder.hpp>
#include <atwire/command_encoder.hpp>
#include <atwire/decoder.hpp>
#include <atwire/encoder.hpp>
#include <atwire/limits.hpp>
#include <atwire/session.hpp>
#include <atwire/values.hpp>

#endif
