#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/geometry.hpp"
#include "geo_core/ids.hpp"
#include "geo_core/units.hpp"

namespace riskbild {

/// One area of the county's own division: a kommun (or, in a test profile, a city).
struct Area {
    std::string code;             ///< official code, e.g. `0380`; unique within the set
    std::string name;             ///< e.g. `Uppsala`
    MultiPolygon shape;           ///< in the store's metres
    std::int64_t population = 0;  ///< 0 = not known
    int population_year = 0;
};

/// The county divided into areas that share borders exactly and do not overlap: the eight kommuner.
/// Immutable; any number of threads may ask at once. `AreaId` is the index, in order of code.
class AreaSet {
public:
    AreaSet() = default;
    /// \param generalised how far the borders may lie from the true ones; the product warns above 250 m
    AreaSet(std::string title, std::string source, Metres generalised, std::vector<Area> areas);

    [[nodiscard]] std::string const& title() const;   ///< e.g. `kommuner`
    [[nodiscard]] std::string const& source() const;  ///< who made the borders, with licence
    [[nodiscard]] Metres generalised() const;
    [[nodiscard]] std::span<Area const> areas() const;
    [[nodiscard]] Area const& operator[](AreaId id) const;
    [[nodiscard]] MapBox bounds() const;

    /// The area a place lies in. Half-open borders: a place on a shared border lies in exactly one.
    [[nodiscard]] AreaId at(MapPoint place) const;
    /// By official code. `kNoArea` when there is none.
    [[nodiscard]] AreaId by_code(std::string_view code) const;
    /// By name, ignoring case (also of å, ä, ö). `kNoArea` when there is none.
    [[nodiscard]] AreaId by_name(std::string_view name) const;

private:
    struct Index;
    std::shared_ptr<Index const> index_;
};

inline constexpr Metres kWarnGeneralised{250.0};

/// Lower case for Swedish text in UTF-8 (A–Z, Å, Ä, Ö, É, Ü …); other bytes unchanged.
[[nodiscard]] std::string lower_case(std::string_view text);

}  // namespace riskbild
