#pragma once

#include <cstdint>

namespace riskbild::layers {

/// Which instructions to compute with. Both give the same bits; tests compare them.
enum class Simd : std::uint8_t { best_here, baseline };

}  // namespace riskbild::layers
