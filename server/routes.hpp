#pragma once

#include "server/answer.hpp"
#include "server/county_watch.hpp"
#include "server/request.hpp"
#include "server/viewer_files.hpp"
#include "server/workers.hpp"

namespace riskbild::server {

/// Everything that has an address: finds the endpoint of a request, checks the access it needs and the
/// parameters it knows, and has it answered. Borrows all three for as long as it lives.
class Routes {
public:
    Routes(CountyWatch& county, ViewerFiles const& viewer, Workers& workers);
    void operator()(Request const& request, Reply const& reply) const;

private:
    CountyWatch& county_;
    ViewerFiles const& viewer_;
    Workers& workers_;
};

}  // namespace riskbild::server
