#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "data/example/made_up_places.hpp"
#include "data/example/patterns.hpp"
#include "geo_core/filter.hpp"
#include "geo_core/time.hpp"

namespace riskbild::data {

/// Something made up that happened: before anybody has told of it.
struct MadeUpEvent {
    Pattern const* pattern = nullptr;
    TimeInterval occurred;
    std::size_t site = 0;  ///< index in `MadeUpPlaces`
};

/// `count` events of the patterns of one source, in order of time, wholly within the period.
///
/// After an event another of its pattern may follow, at the same place or within 200 m of it, most
/// often within days and always within 14: what the near-repeat layer is there to find.
[[nodiscard]] std::vector<MadeUpEvent> make_up_events(std::string_view source, std::size_t count,
                                                      Period period, MadeUpPlaces const& places,
                                                      TimeZone const& zone, Random& random);

}  // namespace riskbild::data
