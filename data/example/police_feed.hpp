#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "data/example/events.hpp"
#include "data/example/geography.hpp"

namespace riskbild::data {

/// A file shaped like the police's open feed: places no finer than kommun, digests among the events,
/// some of another county.
struct PoliceFeed {
    std::vector<MadeUpEvent> events;  ///< each with a `feed_type` in its pattern
    std::size_t digests = 0;
    std::size_t elsewhere = 0;  ///< events of another county
    Period period;              ///< of digests and events elsewhere
};

/// Writes a JSON array in order of publication. Ids begin at 9 000 001, far from those of the real feed.
Result<void> write_police_feed(std::filesystem::path const& file, PoliceFeed const& feed,
                               MadeUpPlaces const& places, Geography const& geography, Random& random);

}  // namespace riskbild::data
