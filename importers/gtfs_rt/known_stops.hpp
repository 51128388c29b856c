#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "geo_core/report.hpp"
#include "geo_core/store/store.hpp"
#include "importers/gtfs_rt/transit_alert.hpp"

namespace riskbild::importers {

/// The stops and lines that a store knows from GTFS, by the operator's ids: where an alert is.
class KnownStops {
public:
    static Result<KnownStops> of(Store& store);

    struct Where {
        /// Whether the county is concerned, by its stops: `untold` where the store knows none of them that
        /// lies in the county. Lines and agencies alone are the county's.
        enum class Reach : std::uint8_t { county, elsewhere, untold };
        Reach reach = Reach::county;
        Place place = AreaPlace{};  ///< the whole county where nothing better is known
        std::string words;          ///< `Linje 8, Uppsala C`
        std::uint64_t unknown = 0;  ///< ids that the store does not know
    };
    /// One stop (or platforms of one): its point. Several in one kommun: the kommun. Lines alone: the county.
    [[nodiscard]] Where where(std::vector<AlertEntity> const& concerns) const;

private:
    struct Stop {
        std::string name, parent;
        AreaId area = kNoArea;
        std::optional<MapPoint> point;  // none where it is in doubt
        bool is_elsewhere = false;      // beyond what the county's border may be wrong
    };
    std::unordered_map<std::string, Stop> stops_;
    std::unordered_map<std::string, std::string> lines_;  // names by id
};

}  // namespace riskbild::importers
