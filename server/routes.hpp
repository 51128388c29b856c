#pragma once

#include "server/answer.hpp"
#include "server/county_watch.hpp"
#include "server/http_server.hpp"
#include "server/imports.hpp"
#include "server/request.hpp"
#include "server/viewer_files.hpp"
#include "server/workers.hpp"

namespace riskbild::server {

/// Everything that has an address: finds the endpoint of a request, checks the access it needs and the
/// parameters it knows, and has it answered. Borrows all for as long as it lives.
class Routes {
public:
    /// \param writer a single thread: what changes the store is done one after another
    Routes(CountyWatch& county, ViewerFiles const& viewer, Imports& imports, Workers& workers,
           Workers& writer);

    /// Which methods and which body the address takes.
    [[nodiscard]] Admission admit(Request const& request) const;
    void operator()(Request const& request, Reply const& reply) const;

private:
    CountyWatch& county_;
    ViewerFiles const& viewer_;
    Imports& imports_;
    Workers& workers_;
    Workers& writer_;
};

}  // namespace riskbild::server
