#include "cli/commands/serve.hpp"

#include <cstdio>

#include <fmt/format.h>

#include "geo_core/profile.hpp"
#include "server/server.hpp"

namespace riskbild::cli {
namespace {

/// Beside the data directory: `viewer/dist` in the source tree, `viewer` where it is installed.
std::filesystem::path built_viewer()
{
    auto const data = data_directory();
    std::error_code ignored;
    auto const installed = data / "viewer";
    return std::filesystem::is_directory(installed, ignored) ? installed
                                                             : data.parent_path() / "viewer" / "dist";
}

}  // namespace

Result<void> Serve::operator()(Output& output) const
{
    server::ServerOptions options;
    options.store = store;
    options.viewer = viewer.empty() ? built_viewer() : viewer;
    options.http.port = port;
    options.http.stop_on_signals = true;
    options.http.allow_origins = allow_origins;
    options.verbose = verbose;
    auto const started = server::Server::start(std::move(options));
    if (!started)
        return Failure(started.error());
    Output::note((*started)->greeting());
    server::JsonText json;
    json.object([&] {
        json.field("address", fmt::format("http://127.0.0.1:{}/", (*started)->port()));
        json.field("port", (*started)->port());
        json.field("store", store.string());
    });
    if (output.is_json())
        if (auto const said = output.answer({}, json); !said)
            return said;
    (*started)->run();
    return {};
}

}  // namespace riskbild::cli
