#pragma once

#include <functional>
#include <span>
#include <string>

#include "geo_core/incident.hpp"
#include "geo_core/result.hpp"

namespace riskbild {

/// An address of the place of these incidents as a source wrote it; empty where none did. Asks a few of them
/// only: a place must not take longer the busier it is.
/// \param details what the sources say of one incident, as Store::details
/// \return its errors, but for incidents that the view may not see or that are gone
[[nodiscard]] Result<std::string> place_label(
    std::span<IncidentId const> incidents, std::function<Result<IncidentDetails>(IncidentId)> const& details);

}  // namespace riskbild
