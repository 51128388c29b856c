#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace riskbild {

/// How well a place is known, best first. Only the first three are points (docs/glossary.md).
enum class Precision : std::uint8_t { exact, address, street, locality, kommun, lan };

inline constexpr Precision kAllPrecisions[] = {Precision::exact,    Precision::address, Precision::street,
                                               Precision::locality, Precision::kommun,  Precision::lan};

/// Whether a record so placed may enter a point statistic or be drawn as a dot.
[[nodiscard]] constexpr bool is_point(Precision p)
{
    return p <= Precision::street;
}

/// `exact`, `address`, `street`, `locality`, `kommun`, `lan`
[[nodiscard]] std::string_view name_of(Precision precision);
[[nodiscard]] std::optional<Precision> parse_precision(std::string_view text);

}  // namespace riskbild
