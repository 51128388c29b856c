#pragma once

#include <memory>
#include <string>

#include "server/answer.hpp"
#include "server/endpoints/incident.hpp"
#include "server/layer_jobs.hpp"
#include "server/request.hpp"
#include "tiles/deadline.hpp"
#include "tiles/layer_results.hpp"

namespace riskbild::server {

/// Every layer that a view may ask: titles, options with what is allowed, tables, classes.
struct LayersEndpoint {
    View view;
    [[nodiscard]] Answer operator()(Request const& request) const;
};

/// What a layer answers: numbers about the whole, and the first rows of its tables.
struct LayerResultEndpoint {
    std::shared_ptr<tiles::LayerResults const> results;
    FindByNumber details;  ///< for the addresses of rows that name their incidents
    tiles::Deadline deadline;
    [[nodiscard]] Answer operator()(std::string const& layer, Request const& request) const;
};

/// Why a place has the value that it has: what was observed and expected, the incidents behind.
struct WhyEndpoint {
    std::shared_ptr<tiles::LayerResults const> results;
    FindByNumber details;  ///< for the incidents behind
    tiles::Deadline deadline;
    [[nodiscard]] Answer operator()(std::string const& layer, Request const& request) const;
};

/// Begins to compute a layer that takes long.
struct BeginLayerJobEndpoint {
    std::shared_ptr<tiles::LayerResults const> results;
    LayerJobs& jobs;
    [[nodiscard]] Answer operator()(std::string const& layer, Request const& request) const;
};

struct LayerJobEndpoint {
    LayerJobs& jobs;
    [[nodiscard]] Answer operator()(std::string const& id, Request const& request) const;
};

struct CancelLayerJobEndpoint {
    LayerJobs& jobs;
    [[nodiscard]] Answer operator()(std::string const& id, Request const& request) const;
};

}  // namespace riskbild::server
