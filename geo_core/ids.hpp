#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace riskbild {

/// A number that names one thing of one sort; two sorts never convert into each other.
template <class Tag, class Number>
class Id {
public:
    using number_type = Number;

    constexpr Id() = default;
    constexpr explicit Id(Number value) : value_(value) {}

    [[nodiscard]] constexpr Number value() const { return value_; }

    constexpr auto operator<=>(Id const&) const = default;

private:
    Number value_{};
};

/// Below 2^53, so that JavaScript and vector tiles carry it exactly.
using IncidentId = Id<struct IncidentTag, std::int64_t>;
using ReportId = Id<struct ReportTag, std::int64_t>;
/// Index into the store's `AreaSet`; `kNoArea` where the area is unknown.
using AreaId = Id<struct AreaTag, std::uint16_t>;
/// Index into the `KindTree`.
using KindId = Id<struct KindTag, std::uint16_t>;
/// Index into the store's list of sources, 0..62.
using SourceId = Id<struct SourceTag, std::uint8_t>;
/// Number of a committed write to the store, 1, 2, 3 …; 0 is the empty store.
using Revision = Id<struct RevisionTag, std::int64_t>;

inline constexpr AreaId kNoArea{0xffff};

}  // namespace riskbild

template <class Tag, class Number>
struct std::hash<riskbild::Id<Tag, Number>> {
    std::size_t operator()(riskbild::Id<Tag, Number> id) const noexcept
    {
        return std::hash<Number>{}(id.value());
    }
};
