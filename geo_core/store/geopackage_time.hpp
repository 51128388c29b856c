#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "geo_core/time.hpp"

namespace riskbild::store {

/// A moment as a GeoPackage's DATETIME wants it: `2025-01-31T23:59:00.000Z`.
class DateTimeText {
public:
    /// \pre the year has four digits
    explicit DateTimeText(Instant instant);
    [[nodiscard]] std::string_view view() const { return {text_.data(), text_.size()}; }

private:
    std::array<char, 24> text_;
};

/// The years that DateTimeText can write.
inline constexpr Instant kFirstInstant{date::sys_days{date::year{1} / 1 / 1}};
inline constexpr Instant kLastInstant{date::sys_days{date::year{9999} / 12 / 31}};

/// Reads back what DateTimeText wrote, some 20 ns, and what GDAL writes of it: without milliseconds.
/// Nothing for any other form.
[[nodiscard]] std::optional<Instant> parse_date_time(std::string_view text);

}  // namespace riskbild::store
