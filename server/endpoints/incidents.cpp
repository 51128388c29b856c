#include "server/endpoints/incidents.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <compare>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "server/endpoints/incident_json.hpp"
#include "server/endpoints/parameters.hpp"
#include "server/json_text.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

/// Place in the list: by start, then by id. Newest first is the descending order.
struct Place {
    std::int64_t from = 0;
    std::int64_t id = 0;
    auto operator<=>(Place const&) const = default;
};

struct Listed {
    Place place;
    std::uint32_t row = 0;
    bool has_point = false;
};

/// Numbers separated by commas, exactly as many as wanted.
template <class Number, std::size_t count>
std::optional<std::array<Number, count>> parse_numbers(std::string_view text)
{
    std::array<Number, count> numbers{};
    auto const* at = text.data();
    auto const* const end = text.data() + text.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0 && (at == end || *at++ != ','))
            return {};
        auto const read = std::from_chars(at, end, numbers[i]);
        if (read.ec != std::errc{})
            return {};
        at = read.ptr;
    }
    return at == end ? std::optional(numbers) : std::nullopt;
}

Result<std::optional<LngLatBox>> box_of(Request const& request)
{
    auto const text = request.query_value("box");
    if (!text)
        return std::optional<LngLatBox>{};
    auto const edges = parse_numbers<double, 4>(*text);
    auto const is_box =
        edges &&
        std::ranges::all_of(*edges,
                            [](double edge) { return std::isfinite(edge) && std::abs(edge) <= 360.0; }) &&
        (*edges)[0] <= (*edges)[2] && (*edges)[1] <= (*edges)[3];
    if (!is_box)
        return fail(ErrorCode::wrong_use, "box is not west,south,east,north in degrees", "box");
    return std::optional(LngLatBox{(*edges)[0], (*edges)[1], (*edges)[2], (*edges)[3]});
}

Result<std::optional<Place>> after_of(Request const& request)
{
    auto const text = request.query_value("after");
    if (!text)
        return std::optional<Place>{};
    auto const numbers = parse_numbers<std::int64_t, 2>(*text);
    if (!numbers)
        return fail(ErrorCode::wrong_use, "after is not the next of a page before", "after");
    return std::optional(Place{(*numbers)[0], (*numbers)[1]});
}

std::vector<LngLat> positions(PointColumns const& points, std::vector<std::uint32_t> const& rows,
                              Crs const& crs)
{
    std::vector<MapPoint> metres;
    metres.reserve(rows.size());
    for (auto const row : rows)
        metres.push_back({points.east[row], points.north[row]});
    std::vector<LngLat> degrees(metres.size());
    crs.degrees(metres, degrees);
    return degrees;
}

void keep_inside(std::vector<std::uint32_t>& rows, PointColumns const& points, LngLatBox const& box,
                 Crs const& crs)
{
    auto const places = positions(points, rows, crs);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (box.contains(places[i]))
            rows[kept++] = rows[i];
    rows.resize(kept);
}

Result<std::vector<Listed>> matching(View const& view, Filter const& filter,
                                     std::optional<LngLatBox> const& box)
{
    auto selection = view.select_points(filter);
    if (!selection)
        return Failure(selection.error());
    auto const points = view.points();
    if (box)
        keep_inside(selection->rows, points, *box, view.county().profile.crs);
    std::vector<Listed> listed;
    listed.reserve(selection->rows.size());
    for (auto const row : selection->rows)
        listed.push_back({{points.from[row], points.id[row]}, row, true});
    if (box)
        return listed;
    auto const others = view.select_without_point(filter);
    if (!others)
        return Failure(others.error());
    auto const columns = view.without_point();
    for (auto const row : *others)
        listed.push_back({{columns.from[row], columns.id[row]}, row, false});
    return listed;
}

/// The first `limit` after a place, newest first; whether more follow.
bool cut_page(std::vector<Listed>& listed, std::optional<Place> const& after, std::size_t limit)
{
    if (after)
        std::erase_if(listed, [&](Listed const& one) { return one.place >= *after; });
    auto const has_more = listed.size() > limit;
    auto const size = std::min(limit, listed.size());
    std::ranges::partial_sort(listed, listed.begin() + static_cast<std::ptrdiff_t>(size),
                              std::ranges::greater{}, &Listed::place);
    listed.resize(size);
    return has_more;
}

IncidentRow row_of(Listed const& one, View const& view)
{
    auto const points = view.points();
    auto const columns = one.has_point ? static_cast<IncidentColumns const&>(points) : view.without_point();
    IncidentRow row;
    row.number = IncidentId{columns.id[one.row]};
    row.kind = KindId{columns.kind[one.row]};
    row.occurred.from = Instant(std::chrono::seconds(columns.from[one.row]));
    row.occurred.to = row.occurred.from + std::chrono::seconds(columns.length[one.row]);
    row.precision = static_cast<Precision>(columns.precision[one.row]);
    row.area = AreaId{columns.area[one.row]};
    row.sources = columns.sources[one.row];
    row.reports = columns.reports[one.row];
    if (one.has_point)
        row.position =
            view.county().profile.crs.degrees(MapPoint{points.east[one.row], points.north[one.row]});
    return row;
}

}  // namespace

Answer IncidentsEndpoint::operator()(Request const& request) const
{
    auto const filter = filter_of(request);
    if (!filter)
        return error_answer(filter.error());
    auto const limit = limit_of(request);
    if (!limit)
        return error_answer(limit.error());
    auto const box = box_of(request);
    if (!box)
        return error_answer(box.error());
    auto const after = after_of(request);
    if (!after)
        return error_answer(after.error());
    auto listed = matching(view, *filter, *box);
    if (!listed)
        return error_answer(listed.error());

    auto const n = listed->size();
    auto const has_more = cut_page(*listed, *after, *limit);
    JsonText json;
    json.object([&] {
        json.field("n", n);
        json.array("incidents", [&] {
            for (auto const& one : *listed) {
                auto row = row_of(one, view);
                // Gone from the store since this view was taken: then its number still names it.
                auto const found = details(row.number);
                row.public_id = found ? found->incident.public_id : std::to_string(row.number.value());
                json.object([&] { write_row(json, row, view.county()); });
            }
        });
        if (has_more)
            json.field("next", fmt::format("{},{}", listed->back().place.from, listed->back().place.id));
    });
    return json_answer(std::move(json).text());
}

}  // namespace riskbild::server
