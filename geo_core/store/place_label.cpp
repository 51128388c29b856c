#include "geo_core/store/place_label.hpp"

#include <algorithm>

namespace riskbild {

Result<std::string> place_label(std::span<IncidentId const> incidents,
                                std::function<Result<IncidentDetails>(IncidentId)> const& details)
{
    constexpr std::size_t kMostAsked = 3;
    for (auto const id : incidents.first(std::min(kMostAsked, incidents.size()))) {
        auto const found = details(id);
        if (!found &&
            (found.error().code == ErrorCode::forbidden || found.error().code == ErrorCode::not_found)) {
            continue;
        }
        if (!found) {
            return Failure{found.error()};
        }
        for (auto const& voice : found->voices) {
            if (is_point(voice.precision) && !voice.place_text.empty()) {
                return voice.place_text;
            }
        }
    }
    return std::string{};
}

}  // namespace riskbild
