#include "server/server.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "server/county_watch.hpp"
#include "server/imports.hpp"
#include "server/log.hpp"
#include "server/routes.hpp"
#include "server/viewer_files.hpp"
#include "server/workers.hpp"

namespace riskbild::server {

struct Server::State {
    ServerOptions options;
    // First in, last out: answers that come late still find the server's loops.
    std::unique_ptr<HttpServer> http;
    ViewerFiles viewer;
    std::unique_ptr<CountyWatch> county;
    std::unique_ptr<Imports> imports;
    std::unique_ptr<Workers> workers;
    std::unique_ptr<Workers> writer;
};

Result<std::unique_ptr<Server>> Server::start(ServerOptions options)
{
    constexpr std::size_t kLongestQueue = 256;
    constexpr std::size_t kLongestWriteQueue = 32;
    log_to_stderr(options.verbose);
    auto http = HttpServer::listen(options.http);
    if (!http)
        return Failure(http.error());
    auto viewer = ViewerFiles::load(options.viewer);
    if (!viewer)
        return Failure(viewer.error());
    options.tiles.stop = (*http)->stop_token();
    auto county = CountyWatch::open(options.store, Role::analyst, options.tiles, options.ask_store_every);
    if (!county)
        return Failure(county.error());
    auto imports = Imports::make(options.store, [watch = county->get()] { watch->refresh(); });
    if (!imports)
        return Failure(imports.error());
    auto workers =
        std::make_unique<Workers>(std::max(2U, std::thread::hardware_concurrency()), kLongestQueue);
    return std::make_unique<Server>(std::make_unique<State>(
        State{std::move(options), *std::move(http), *std::move(viewer), *std::move(county),
              *std::move(imports), std::move(workers), std::make_unique<Workers>(1, kLongestWriteQueue)}));
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;

std::uint16_t Server::port() const
{
    return state_->http->port();
}

std::string Server::greeting() const
{
    auto const view = state_->county->state()->view();
    auto const& county = view.county();
    auto text = fmt::format("Riskbild serves {} at http://127.0.0.1:{}/\n", county.profile.title_en, port());
    text += fmt::format("store {}, revision {}, {} incidents\n", state_->options.store.string(),
                        view.revision().value(), view.count({}).value_or(0));
    text += fmt::format("no accounts: everybody on this computer has the {}'s view\n", view.policy().name());
    if (std::ranges::any_of(county.sources, &Source::made_up))
        text += "example data: the reports of this county are made up\n";
    if (!state_->viewer.is_built())
        text += "the viewer is not built: ./dev build builds it; the API answers\n";
    return text;
}

void Server::run()
{
    Routes const routes(*state_->county, state_->viewer, *state_->imports, *state_->workers, *state_->writer);
    state_->http->run([&routes](Request const& request, Reply const& reply) { routes(request, reply); },
                      [&routes](Request const& request) { return routes.admit(request); });
}

void Server::stop()
{
    state_->http->stop();
}

}  // namespace riskbild::server
