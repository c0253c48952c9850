// Every dialect. Who needs one includes its own header: what isn't named isn't linked.
#ifndef ATWIRE_DIALECTS_ALL_HPP
#define ATWIRE_DIALECTS_ALL_HPP

#include <atwire/dialects/a76xx.hpp>
#include <atwire/dialects/bc26.hpp>
#include <atwire/dialects/bc65.hpp>
#include <atwire/dialects/bc95.hpp>
#include <atwire/dialects/ec200x.hpp>

/// X(name) for each.
#define ATWIRE_DIALECTS(X) X(bc65) X(bc26) X(ec200x) X(bc95) X(a76xx)

#endif
