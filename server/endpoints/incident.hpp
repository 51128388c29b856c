#pragma once

#include <functional>
#include <string>

#include "geo_core/incident.hpp"
#include "geo_core/view.hpp"
#include "server/answer.hpp"
#include "server/request.hpp"

namespace riskbild::server {

/// Finds an incident by public id or else by number, as a view may see it.
using FindDetails = std::function<Result<IncidentDetails>(std::string const& id)>;
/// The same by number only.
using FindByNumber = std::function<Result<IncidentDetails>(IncidentId number)>;

/// One incident with what each of its sources says.
struct IncidentEndpoint {
    View view;
    FindDetails details;
    [[nodiscard]] Answer operator()(std::string const& id, Request const& request) const;
};

}  // namespace riskbild::server
