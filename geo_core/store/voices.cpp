#include "geo_core/store/voices.hpp"

#include <algorithm>
#include <cassert>

namespace riskbild::store {

namespace {

template <class Measure>
std::size_t first_least(std::span<ReportVoice const> voices, Measure measure)
{
    return static_cast<std::size_t>(std::ranges::min_element(voices, {}, measure) - voices.begin());
}

}  // namespace

MergedVoices merge_voices(std::span<ReportVoice const> voices)
{
    assert(!voices.empty() && "an incident has at least one report");
    MergedVoices merged;
    merged.kind_from = first_least(voices, &ReportVoice::source_rank);
    merged.time_from = first_least(voices, [](ReportVoice const& v) { return v.occurred.length(); });
    merged.place_from = first_least(voices, [](ReportVoice const& v) { return precision_of(v.place); });
    for (auto const& voice : voices) {
        merged.sources |= std::uint64_t{1} << voice.source.value();
    }
    merged.patrol_discovered = std::ranges::all_of(voices, &ReportVoice::patrol_discovered);
    return merged;
}

}  // namespace riskbild::store
