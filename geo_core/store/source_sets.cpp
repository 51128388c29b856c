#include "geo_core/store/source_sets.hpp"

#include <algorithm>
#include <vector>

namespace riskbild::store {

std::string const& SourceSets::text(std::uint64_t set)
{
    auto const [place, added] = texts_.try_emplace(set);
    if (added) {
        std::vector<std::string_view> names;
        for (std::size_t i = 0; i < sources_.size(); ++i) {
            if ((set >> i & 1U) != 0) {
                names.push_back(sources_[i].name);
            }
        }
        std::ranges::sort(names);
        for (auto const name : names) {
            place->second.append(place->second.empty() ? "" : ",").append(name);
        }
    }
    return place->second;
}

std::uint64_t SourceSets::set(std::string_view text)
{
    if (auto const known = sets_.find(text); known != sets_.end()) {
        return known->second;
    }
    std::uint64_t set = 0;
    for (auto rest = text; !rest.empty();) {
        auto const name = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), name.size() + 1));
        auto const found = std::ranges::find(sources_, name, &Source::name);
        if (found != sources_.end()) {
            set |= std::uint64_t{1} << (found - sources_.begin());
        }
    }
    sets_.emplace(text, set);
    return set;
}

}  // namespace riskbild::store
