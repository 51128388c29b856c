#include "importers/open311/open311_importer.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "geo_core/text.hpp"
#include "importers/coordinate.hpp"
#include "importers/geocode/locate.hpp"
#include "importers/import_tally.hpp"
#include "importers/observed.hpp"
#include "importers/open311/open311_fields.hpp"
#include "importers/points/border_margin.hpp"
#include "importers/points/point_time.hpp"

namespace riskbild::importers {
namespace {

constexpr std::uint64_t kRowsBetweenProgress = 2048;
constexpr int kRank = 60;

// What the notes at the end tell.
struct Counts {
    std::map<std::string, std::uint64_t> no_incident;  // requests by service
    std::uint64_t by_text = 0, duplicates = 0, looked_up = 0;
};

class FileImport {
public:
    FileImport(Store& store, KindRules const& services, Open311Options const& options,
               std::optional<Instant> stamp, ImportTally& tally)
        : store_(store),
          county_(store.county()),
          services_(services),
          options_(options),
          stamp_(stamp),
          tally_(tally),
          margin_(*county_)
    {
    }

    Result<void> take(JsonValue const& record, std::uint64_t row)
    {
        auto payload = canonical_json(normal_record(record));
        auto const aside = [&](RowProblem problem) {
            problem.payload = std::move(payload);
            return tally_.set_aside(row, std::move(problem));
        };
        auto request = read_open311_request(record);
        if (request.id.empty())
            return aside(
                {"service_request_id", "no_id",
                 request.token.empty()
                     ? "the request has no service_request_id, expected one"
                     : fmt::format("the request has only the token \"{}\": the city has not given it a "
                                   "number yet; ask for it later",
                                   shortened(request.token))});
        if (auto const known = options_.service_names.find(request.service_code);
            request.service_name.empty() && known != options_.service_names.end())
            request.service_name = known->second;
        auto const times = read_times(request);
        if (!times)
            return aside(times.error());
        if (!seen_.agree(request.id, payload))
            return tally_.set_aside(row, duplicate_id(request.id, "service_request_id", std::move(payload)));
        auto place = find_place(request);
        if (!place)
            return Failure{place.error()};
        if (place->problem)
            return aside(std::move(*place->problem));
        if (place->is_outside) {
            tally_.outside();
            return {};
        }
        return tally_.take(report_of(request, *times, std::move(*place), std::move(payload)), row,
                           "service_request_id");
    }

    [[nodiscard]] Counts const& counts() const { return counts_; }

private:
    struct Times {
        Instant observed_at;
        TimeInterval occurred;
    };
    struct FoundPlace {
        Place place = AreaPlace{};
        std::string how{};  // where it was looked up
        bool is_outside = false;
        std::optional<RowProblem> problem{};
    };

    [[nodiscard]] std::optional<TimeInterval> interval_of(std::string_view written) const
    {
        auto const read =
            read_interval(written, {}, {}, TimeStyle::iso, TimeResolution::minute, county_->profile.zone);
        return read ? std::optional{*read} : std::nullopt;
    }

    [[nodiscard]] tl::expected<Times, RowProblem> read_times(Open311Request const& request) const
    {
        auto const bad_time = [](std::string column, std::string message) {
            return tl::unexpected{RowProblem{std::move(column), "bad_time", std::move(message)}};
        };
        auto const requested = interval_of(request.requested_at);
        if (!requested)
            return bad_time("requested_datetime",
                            fmt::format("requested_datetime is \"{}\", expected for example "
                                        "\"2010-04-14T06:37:38-08:00\"",
                                        shortened(request.requested_at)));
        auto const updated = interval_of(request.updated_at);
        if (!updated && !request.updated_at.empty())
            return bad_time("updated_datetime",
                            fmt::format("updated_datetime is \"{}\", expected for example "
                                        "\"2010-04-14T06:37:38-08:00\", or nothing",
                                        shortened(request.updated_at)));
        auto const said = updated ? std::optional{updated->from} : std::nullopt;
        auto const observed_at = options_.observed ? *options_.observed
                                 : said            ? *said
                                                   : stamp_.value_or(requested->from);
        if (auto wrong = implausible_time(*requested, observed_at, options_.now))
            return bad_time(wrong->which == ImplausibleTime::Which::observed && said ? "updated_datetime"
                                                                                     : "requested_datetime",
                            std::move(wrong->message));
        return Times{observed_at, *requested};
    }

    Result<FoundPlace> find_place(Open311Request const& request)
    {
        if (request.lat.empty() && request.lng.empty())
            return look_up(request);
        auto const lat = parse_coordinate(request.lat), lng = parse_coordinate(request.lng);
        // What programs write where nobody has set a pin.
        if (lat == 0.0 && lng == 0.0)
            return look_up(request);
        if (!lat || !lng || !std::isfinite(*lat) || !std::isfinite(*lng))
            return FoundPlace{
                .problem =
                    RowProblem{"lat", "bad_position",
                               fmt::format("the position is \"{}\", \"{}\", expected lat and long in degrees",
                                           shortened(request.lat), shortened(request.lng))}};
        LngLat degrees{*lng, *lat};
        if (options_.swap_positions)
            std::swap(degrees.lng, degrees.lat);
        auto const& box = county_->profile.accepted_box;
        if (box.contains(degrees))
            return place_at(county_->profile.crs.metres(degrees));
        if (box.contains({degrees.lat, degrees.lng}))
            return FoundPlace{
                .problem = RowProblem{
                    "lat", "swapped_position",
                    fmt::format(
                        "lat {}, long {} lies outside the county, but inside when the two change places; {}",
                        shortened(request.lat), shortened(request.lng),
                        options_.swap_positions ? "without --swap-positions it is read so"
                                                : "--swap-positions reads all requests so")}};
        return FoundPlace{
            .problem =
                RowProblem{"lat", "outside_box",
                           fmt::format("lat {}, long {} lies outside the county's box of latitude {} to {}, "
                                       "longitude {} to {}",
                                       shortened(request.lat), shortened(request.lng), box.south, box.north,
                                       box.west, box.east)}};
    }

    // A pin or an address that the city has looked up: not told apart, so no better than an address.
    [[nodiscard]] FoundPlace place_at(MapPoint point) const
    {
        auto const area = county_->areas.at(point);
        if (area == kNoArea && !margin_.may_lie_in_any(point))
            return {.is_outside = true};
        return {.place = PointPlace{.point = point, .precision = Precision::address, .area = area}};
    }

    Result<FoundPlace> look_up(Open311Request const& request)
    {
        if (request.address.empty())
            return FoundPlace{.problem = RowProblem{"lat", "no_position",
                                                    "the request has neither a position nor an address"}};
        if (!gazetteer_) {
            auto made = Gazetteer::of(store_);
            if (!made)
                return Failure{made.error()};
            gazetteer_.emplace(std::move(*made));
        }
        ++counts_.looked_up;
        auto found = locate(*gazetteer_, {.address = request.address});
        return FoundPlace{.place = found.place, .how = std::move(found.how)};
    }

    Report report_of(Open311Request const& request, Times const& times, FoundPlace found, std::string payload)
    {
        auto const answer = services_.classify(
            request.service_code, request.service_name + " " + request.service_code, request.description);
        auto const is_duplicate = services_.is_context(request.status_notes);
        auto const& service = request.service_name.empty() ? request.service_code : request.service_name;
        if (!answer.known && counts_.no_incident.size() < kMostServices)
            ++counts_.no_incident[service];
        counts_.by_text += answer.by_text ? 1 : 0;
        counts_.duplicates += is_duplicate ? 1 : 0;
        auto const is_context = !answer.known || is_duplicate;
        return {.key = {.source = options_.source_name, .source_id = request.id},
                .observed_at = times.observed_at,
                .role = is_context ? ReportRole::context : ReportRole::incident,
                .kind_code = county_->kinds.by_code(answer.kind) ? answer.kind : "unknown",
                .kind_rule = answer.rule,
                .kind_confidence = answer.confidence,
                .occurred = times.occurred,
                .place = found.place,
                .place_rule = std::move(found.how),
                .place_text = request.address,
                .title = service,
                .text = request.description,
                .link = {},
                .case_number = {},
                .payload = std::move(payload)};
    }

    static constexpr std::size_t kMostServices = 500;  // a city has dozens

    Store& store_;
    std::shared_ptr<County const> county_;
    KindRules const& services_;
    Open311Options const& options_;
    std::optional<Instant> stamp_;
    ImportTally& tally_;
    BorderMargin margin_;
    std::optional<Gazetteer> gazetteer_;
    SeenIds seen_;
    Counts counts_;
};

void note_what_was_noticed(ImportTally& tally, std::string const& file, Counts const& counts)
{
    constexpr std::size_t kListed = 20;
    std::size_t listed = 0;
    for (auto const& [service, count] : counts.no_incident)
        if (++listed <= kListed)
            tally.note(fmt::format(
                "{}: the service \"{}\" is no incident by open311_services.toml: kept as context ({})", file,
                shortened(service), rows_text(count)));
    if (listed > kListed)
        tally.note(fmt::format("{}: and {} more services that are no incidents", file, listed - kListed));
    if (counts.by_text > 0)
        tally.note(
            fmt::format("{}: kind told by words of the description: {}", file, rows_text(counts.by_text)));
    if (counts.duplicates > 0)
        tally.note(fmt::format("{}: duplicates by the city's own word, kept as context: {}", file,
                               rows_text(counts.duplicates)));
    if (counts.looked_up > 0)
        tally.note(fmt::format("{}: without a position, their address looked up: {}", file,
                               rows_text(counts.looked_up)));
}

Failure no_requests(std::string const& file, std::string const& why)
{
    return fail(ErrorCode::unreadable, fmt::format("{}: holds no requests of Open311: {}", file, why));
}

// Cities write service codes as numbers that begin with zeros; even the specification's examples do.
Failure with_advice(Error error)
{
    if (error.message.find("no valid JSON") != std::string::npos)
        error.message +=
            "; a city that writes codes as 007 without quotation marks gives no JSON: ask it for XML";
    return Failure{std::move(error)};
}

}  // namespace

Result<ImportReport> import_open311(Store& store, ByteSource& source, KindRules const& services,
                                    Open311Options const& options)
{
    if (!is_source_name(options.source_name))
        return fail(ErrorCode::wrong_use,
                    fmt::format("the source is called \"{}\", expected only a–z, 0–9, - and _",
                                shortened(options.source_name)),
                    "source-name");
    auto const& file = source.name();
    auto records = Open311Records::open(source);
    if (!records)
        return Failure{records.error()};
    auto session = store.begin_import({.name = options.source_name,
                                       .title = fmt::format("Open311 ({})", options.source_name),
                                       .rank = kRank},
                                      file);
    if (!session)
        return Failure{session.error()};

    ImportTally tally{**session, options.source_name, file};
    FileImport import{store, services, options, file_stamp(file), tally};
    while (true) {
        auto const more = records->next();
        if (!more)
            return with_advice(more.error());
        if (!*more)
            break;
        if (auto const error = open311_error(records->record()))
            return fail(ErrorCode::unreadable,
                        fmt::format("{}: holds no requests, the server says {}", file, *error));
        if (records->row() == 1 && !resembles_open311_request(records->record()))
            return no_requests(file, "the first record has neither service_request_id nor token");
        if (auto const taken = import.take(records->record(), records->row()); !taken)
            return Failure{taken.error()};
        if (options.progress && records->row() % kRowsBetweenProgress == 0)
            options.progress(records->row());
    }
    if (records->row() == 0 && !records->root().empty() && !records->root().ends_with("requests"))
        return no_requests(file, fmt::format("its outermost element is {}", shortened(records->root())));
    if (records->is_empty())
        tally.note(fmt::format("{}: an empty answer", file));
    note_what_was_noticed(tally, file, import.counts());
    return tally.finish();
}

}  // namespace riskbild::importers
