#include "server/routes.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "server/endpoints/county.hpp"
#include "server/endpoints/health.hpp"
#include "server/endpoints/imports.hpp"
#include "server/endpoints/incident.hpp"
#include "server/endpoints/incidents.hpp"
#include "server/endpoints/layers.hpp"
#include "server/endpoints/legend.hpp"
#include "server/endpoints/link.hpp"
#include "server/endpoints/quality.hpp"
#include "server/endpoints/rates.hpp"
#include "server/endpoints/repeat_locations.hpp"
#include "server/endpoints/set_aside.hpp"
#include "server/endpoints/tile.hpp"
#include "server/endpoints/tilejson.hpp"
#include "server/endpoints/timeline.hpp"
#include "server/log.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

/// What a request needs. Everything that tells of the county answers from a View, which decides what
/// may be told; `single` needs a role that may see single incidents at all,
/// and `write` one that may change them.
enum class Access { anyone, view, single, write };

/// Who answers: the thread that serves the connection (only for what takes no time), a worker,
/// or the one thread that writes.
enum class By { connection, worker, writer };

FindByNumber by_number(std::shared_ptr<CountyState const> state)
{
    return [state = std::move(state)](IncidentId number) { return state->details(number); };
}

ReadStore reading(CountyWatch& county)
{
    return [state = county.state()](auto const& use) { return state->read(use); };
}

ChangeStore writing_to(CountyWatch& county)
{
    return [&county](auto const& change) { return county.write(change); };
}

Answer health(CountyWatch& county, Request const& request)
{
    return HealthEndpoint{county.state()->view().revision()}(request);
}
Answer whole_county(CountyWatch& county, Request const& request)
{
    auto const state = county.state();
    return CountyEndpoint{state->view(), state->layers()}(request);
}
Answer tilejson(CountyWatch& county, Request const& request)
{
    auto const state = county.state();
    return TileJsonEndpoint{state->layers(), state->view().policy().digest()}(request.segments[3], request);
}
Answer legend(CountyWatch& county, Request const& request)
{
    return LegendEndpoint{[&county](auto const&... asked) { return county.tiles().legend(asked...); }}(
        request.segments[3], request);
}
Answer all_layers(CountyWatch& county, Request const& request)
{
    return LayersEndpoint{county.state()->view()}(request);
}
Answer layer_result(CountyWatch& county, Request const& request)
{
    return LayerResultEndpoint{county.tiles().results(), by_number(county.state()),
                               county.tiles().deadline()}(request.segments[3], request);
}
Answer why(CountyWatch& county, Request const& request)
{
    return WhyEndpoint{county.tiles().results(), by_number(county.state()), county.tiles().deadline()}(
        request.segments[3], request);
}
Answer begin_layer_job(CountyWatch& county, Request const& request)
{
    return BeginLayerJobEndpoint{county.tiles().results(), county.jobs()}(request.segments[3], request);
}
Answer layer_job(CountyWatch& county, Request const& request)
{
    return LayerJobEndpoint{county.jobs()}(request.segments[3], request);
}
Answer cancel_layer_job(CountyWatch& county, Request const& request)
{
    return CancelLayerJobEndpoint{county.jobs()}(request.segments[3], request);
}
Answer timeline(CountyWatch& county, Request const& request)
{
    return TimelineEndpoint{county.state()->view()}(request);
}
Answer rates(CountyWatch& county, Request const& request)
{
    return RatesEndpoint{county.state()->view()}(request);
}
Answer repeat_locations(CountyWatch& county, Request const& request)
{
    auto const state = county.state();
    return RepeatLocationsEndpoint{state->view(), by_number(state), county.tiles().deadline()}(request);
}
Answer incidents(CountyWatch& county, Request const& request)
{
    auto const state = county.state();
    return IncidentsEndpoint{state->view(), by_number(state)}(request);
}
Answer incident(CountyWatch& county, Request const& request)
{
    auto const state = county.state();
    auto const by_id = [state](std::string const& id) { return state->details(id); };
    return IncidentEndpoint{state->view(), by_id}(request.segments[3], request);
}

Answer quality(CountyWatch& county, Request const& request)
{
    auto const state = county.state();
    auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    auto const today = date::floor<date::days>(state->view().county().profile.zone.local(now));
    return QualityEndpoint{state->view(), reading(county), today}(request);
}
Answer set_aside_page(CountyWatch& county, Request const& request)
{
    return SetAsideEndpoint{reading(county)}(request);
}
Answer desk_row(CountyWatch& county, Request const& request)
{
    return DeskRowEndpoint{reading(county)}(request.segments[3], request);
}
Answer correct_row(CountyWatch& county, Request const& request)
{
    return CorrectRowEndpoint{writing_to(county)}(request.segments[3], request);
}
Answer retry_rows(CountyWatch& county, Request const& request)
{
    return RetryRowsEndpoint{writing_to(county)}(request);
}
Answer drop_rows(CountyWatch& county, Request const& request)
{
    return DropRowsEndpoint{writing_to(county)}(request);
}
Answer undo_row(CountyWatch& county, Request const& request)
{
    return UndoRowEndpoint{writing_to(county)}(request.segments[3], request);
}

Answer link_review(CountyWatch& county, Request const& request)
{
    return LinkReviewEndpoint{county.state()->view(), reading(county)}(request);
}
Answer link_comparison(CountyWatch& county, Request const& request)
{
    return LinkComparisonEndpoint{county.state()->view(), reading(county)}(request);
}
Answer link_verdicts(CountyWatch& county, Request const& request)
{
    return LinkVerdictsEndpoint{reading(county)}(request);
}
Answer decide_link(CountyWatch& county, Request const& request)
{
    return DecideLinkEndpoint{county.state()->view(), writing_to(county)}(request);
}
Answer withdraw_link(CountyWatch& county, Request const& request)
{
    return WithdrawLinkEndpoint{county.state()->view(), writing_to(county)}(request);
}

/// What a writing request brings: so many bytes of JSON.
constexpr std::uint64_t kMostJsonBytes = 64 * 1024;

/// What is taken in through the server: a file of so many bytes.
constexpr std::uint64_t kMostFileBytes = std::uint64_t{2} << 30;

Answer receive_import(CountyWatch& county, Imports& imports, Request const& request)
{
    auto const known = county.state()->view().shared_county();
    return ReceiveImportEndpoint{imports, *known}(request);
}
Answer last_import(CountyWatch&, Imports& imports, Request const& request)
{
    return LastImportEndpoint{imports}(request);
}
Answer import_state(CountyWatch&, Imports& imports, Request const& request)
{
    return ImportEndpoint{imports}(request.segments[3], request);
}
Answer look_at_import(CountyWatch& county, Imports& imports, Request const& request)
{
    auto const known = county.state()->view().shared_county();
    return LookAtImportEndpoint{imports, *known}(request.segments[3], request);
}
Answer import_profile(CountyWatch&, Imports& imports, Request const& request)
{
    return ImportProfileEndpoint{imports}(request.segments[3], request);
}
Answer run_import(CountyWatch&, Imports& imports, Request const& request)
{
    return RunImportEndpoint{imports}(request.segments[3], request);
}
Answer cancel_import(CountyWatch&, Imports& imports, Request const& request)
{
    return CancelImportEndpoint{imports}(request.segments[3], request);
}

using Parameters = std::array<std::string_view, 8>;

struct Route {
    std::string_view method;  ///< GET answers HEAD too
    std::string_view path;    ///< `*` stands for one segment
    Access access;
    By by;
    Parameters parameters;
    Answer (*answer)(CountyWatch&, Request const&);
    Answer (*import)(CountyWatch&, Imports&, Request const&) = nullptr;  ///< instead of `answer`
    bool takes_file = false;                                             ///< the body, instead of JSON
};

// One line per address. Tiles and the viewer's files follow below: they answer in their own ways.
constexpr Route kRoutes[] = {
    {"GET", "/api/v1/health", Access::anyone, By::connection, {}, health},
    {"GET", "/api/v1/county", Access::view, By::worker, {}, whole_county},
    {"GET", "/api/v1/layers/*/tilejson", Access::view, By::worker, {"f", "o", "format"}, tilejson},
    {"GET", "/api/v1/layers/*/legend", Access::view, By::worker, {"f", "o"}, legend},
    {"GET", "/api/v1/layers", Access::view, By::worker, {}, all_layers},
    {"GET", "/api/v1/layers/*/result", Access::view, By::worker, {"f", "o", "limit"}, layer_result},
    {"GET", "/api/v1/layers/*/why", Access::single, By::worker, {"f", "o", "at"}, why},
    {"POST", "/api/v1/layers/*/job", Access::single, By::worker, {}, begin_layer_job},
    {"GET", "/api/v1/jobs/*", Access::single, By::worker, {}, layer_job},
    {"POST", "/api/v1/jobs/*/cancel", Access::single, By::worker, {}, cancel_layer_job},
    {"GET", "/api/v1/timeline", Access::view, By::worker, {"f", "step"}, timeline},
    {"GET", "/api/v1/rates", Access::view, By::worker, {"f", "o"}, rates},
    {"GET", "/api/v1/repeat-locations", Access::single, By::worker, {"f", "o", "limit"}, repeat_locations},
    {"GET", "/api/v1/incidents", Access::single, By::worker, {"f", "limit", "box", "after"}, incidents},
    {"GET", "/api/v1/incidents/*", Access::single, By::worker, {}, incident},
    {"GET",
     "/api/v1/set-aside",
     Access::single,
     By::worker,
     {"source", "file", "reason", "text", "state", "order", "limit", "offset"},
     set_aside_page},
    {"GET", "/api/v1/set-aside/*", Access::single, By::worker, {}, desk_row},
    {"GET", "/api/v1/quality", Access::single, By::worker, {"source"}, quality},
    {"PUT", "/api/v1/set-aside/*/correction", Access::write, By::writer, {}, correct_row},
    {"POST", "/api/v1/set-aside/*/undo", Access::write, By::writer, {}, undo_row},
    {"POST", "/api/v1/set-aside/retry", Access::write, By::writer, {}, retry_rows},
    {"POST", "/api/v1/set-aside/drop", Access::write, By::writer, {}, drop_rows},
    {"GET", "/api/v1/link/review", Access::single, By::worker, {"source", "limit"}, link_review},
    {"GET", "/api/v1/link/comparison", Access::single, By::worker, {"a", "b"}, link_comparison},
    {"GET", "/api/v1/link/verdicts", Access::single, By::worker, {}, link_verdicts},
    {"POST", "/api/v1/link/verdicts", Access::write, By::writer, {}, decide_link},
    {"POST", "/api/v1/link/verdicts/withdraw", Access::write, By::writer, {}, withdraw_link},
    {"POST", "/api/v1/imports", Access::write, By::worker, {"name"}, nullptr, receive_import, true},
    {"GET", "/api/v1/imports", Access::single, By::worker, {}, nullptr, last_import},
    {"GET", "/api/v1/imports/*", Access::single, By::worker, {}, nullptr, import_state},
    {"POST", "/api/v1/imports/*/look", Access::write, By::worker, {}, nullptr, look_at_import},
    {"POST", "/api/v1/imports/*/profile", Access::write, By::worker, {}, nullptr, import_profile},
    {"POST", "/api/v1/imports/*/run", Access::write, By::worker, {}, nullptr, run_import},
    {"POST", "/api/v1/imports/*/cancel", Access::write, By::worker, {}, nullptr, cancel_import},
};
constexpr std::string_view kTile = "/tiles/*/*/*/*/*/*";
constexpr Parameters kTileParameters = {"f", "o"};

bool fits(std::string_view pattern, std::vector<std::string> const& segments)
{
    for (auto const& segment : segments) {
        if (pattern.empty())
            return false;
        auto const end = pattern.find('/', 1);
        auto const part = pattern.substr(1, end == std::string_view::npos ? end : end - 1);
        if (segment.empty() || (part != "*" && part != segment))
            return false;
        pattern = end == std::string_view::npos ? std::string_view{} : pattern.substr(end);
    }
    return pattern.empty();
}

Result<void> check_parameters(Request const& request, Parameters const& known)
{
    for (auto const& [name, value] : request.query) {
        if (std::ranges::find(known, name) != known.end() && !name.empty())
            continue;
        std::string names;
        for (auto const one : known)
            if (!one.empty())
                names += fmt::format("{}{}", names.empty() ? "" : ", ", one);
        return fail(ErrorCode::wrong_use,
                    fmt::format("there is no parameter {} here; there {}", name,
                                names.empty() ? "are none" : "are " + names),
                    name);
    }
    return {};
}

Result<void> check_access(Access access, CountyWatch const& county)
{
    if (access == Access::anyone || access == Access::view ||
        county.state()->view().policy().single_incidents)
        return {};
    return fail(ErrorCode::forbidden, access == Access::write ? "this view may not change anything"
                                                              : "this view holds no single incidents");
}

bool answers(Route const& route, std::string_view method)
{
    return route.method == method || (route.method == "GET" && method == "HEAD");
}

/// The route of an address for the method of the request; nothing where the address knows only others.
Route const* route_of(Request const& request)
{
    for (auto const& route : kRoutes)
        if (answers(route, request.method) && fits(route.path, request.segments))
            return &route;
    return nullptr;
}

/// `GET, HEAD, POST`. Files of the viewer, and whatever is not found, can be asked for.
std::string methods_of(Request const& request)
{
    std::string methods;
    for (auto const& route : kRoutes)
        if (fits(route.path, request.segments))
            methods += fmt::format("{}{}", methods.empty() ? "" : ", ",
                                   route.method == "GET" ? "GET, HEAD" : route.method);
    return methods.empty() ? "GET, HEAD" : methods;
}

/// A bug must cost its own request only.
Answer guarded(Route const& route, CountyWatch& county, Imports& imports, Request const& request)
{
    try {
        if (route.import != nullptr)
            return route.import(county, imports, request);
        return route.answer(county, request);
    } catch (std::exception const& problem) {
        return error_answer(Error{ErrorCode::internal, fmt::format("{}: {}", request.path, problem.what())});
    }
}

}  // namespace

Routes::Routes(CountyWatch& county, ViewerFiles const& viewer, Imports& imports, Workers& workers,
               Workers& writer)
    : county_(county), viewer_(viewer), imports_(imports), workers_(workers), writer_(writer)
{
}

Admission Routes::admit(Request const& request) const
{
    Admission admission;
    auto const* const route = route_of(request);
    auto const methods = methods_of(request);
    auto const is_known = route != nullptr || (methods == "GET, HEAD" && !request.is_writing());
    if (!is_known) {
        admission.refused = method_not_allowed(methods);
    } else if (route != nullptr && route->method != "GET") {
        if (auto const allowed = check_access(route->access, county_); !allowed)
            admission.refused = error_answer(allowed.error());
        admission.most_bytes = route->takes_file ? kMostFileBytes : kMostJsonBytes;
        admission.content_type = route->takes_file ? "application/octet-stream" : "application/json";
        if (route->takes_file)
            admission.folder = imports_.folder();
    }
    return admission;
}

void Routes::operator()(Request const& request, Reply const& reply) const
{
    if (fits(kTile, request.segments)) {
        if (auto const known = check_parameters(request, kTileParameters); !known)
            return reply(error_answer(known.error()));
        TileEndpoint const tile{[this](auto address, auto answer) {
            county_.tiles().request(std::move(address), std::move(answer));
        }};
        return tile(request, reply);
    }
    auto const* const route = route_of(request);
    if (route == nullptr)
        return reply(viewer_(request));
    if (auto const known = check_parameters(request, route->parameters); !known)
        return reply(error_answer(known.error()));
    if (auto const allowed = check_access(route->access, county_); !allowed)
        return reply(error_answer(allowed.error()));
    if (route->by == By::connection)
        return reply(guarded(*route, county_, imports_, request));
    auto& workers = route->by == By::writer ? writer_ : workers_;
    auto const taken = workers.run([route, &county = county_, &imports = imports_, request, reply] {
        reply(guarded(*route, county, imports, request));
    });
    if (!taken)
        reply(error_answer(Error{ErrorCode::busy, "too many requests are waiting; try again in a second"}));
}

}  // namespace riskbild::server
