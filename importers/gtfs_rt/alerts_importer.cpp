#include "importers/gtfs_rt/alerts_importer.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "geo_core/text.hpp"
#include "importers/gtfs_rt/known_stops.hpp"
#include "importers/gtfs_rt/transit_alert.hpp"
#include "importers/import_tally.hpp"
#include "importers/observed.hpp"

namespace riskbild::importers {
namespace {

constexpr int kRank = 45;
constexpr std::size_t kMostBytes = std::size_t{64} << 20;
constexpr char const* kObstruction = "traffic.obstruction";

Result<std::string> all_of(ByteSource& source)
{
    std::string bytes;
    std::array<char, 65536> chunk{};
    while (true) {
        auto const got = source.read(chunk);
        if (!got)
            return Failure{got.error()};
        if (*got == 0)
            return bytes;
        bytes.append(chunk.data(), *got);
        if (bytes.size() > kMostBytes)
            return fail(ErrorCode::too_large, fmt::format("{}: is larger than {} MB, expected one feed",
                                                          source.name(), kMostBytes >> 20));
    }
}

class FeedImport {
public:
    FeedImport(County const& county, KindRules const& kinds, AlertsOptions const& options,
               Instant observed_at, KnownStops const& stops, ImportTally& tally)
        : county_(county),
          kinds_(kinds),
          options_(options),
          observed_at_(observed_at),
          stops_(stops),
          tally_(tally)
    {
    }

    Result<void> take(TransitAlert const& alert, std::uint64_t row)
    {
        auto const start = alert.first_start();
        // A plan is no incident, whatever it is for.
        auto const is_plan = start && *start > observed_at_;
        auto payload = payload_of(alert, is_plan ? AlertStanding::plan : AlertStanding::holds);
        auto const aside = [&](RowProblem problem) {
            problem.payload = std::move(payload);
            return tally_.set_aside(row, std::move(problem));
        };
        if (alert.id.empty())
            return aside({"id", "no_id", "the alert has no id, expected one"});
        auto const occurred = start ? TimeInterval{*start, *start + std::chrono::minutes{1}}
                                    : county_.profile.zone.day(day_of(observed_at_));
        if (auto wrong = implausible_time(
                is_plan ? TimeInterval{observed_at_, observed_at_ + std::chrono::minutes{1}} : occurred,
                observed_at_, options_.now))
            return aside({"active_period", "bad_time", std::move(wrong->message)});
        auto const where = stops_.where(alert.concerns);
        if (where.reach == Reach::elsewhere)
            return tally_.outside();
        auto const [kind, rule, confidence, is_known] = kind_of(alert);
        counts_.unknown += where.unknown;
        counts_.untold += where.reach == Reach::untold ? 1 : 0;
        counts_.undated += start ? 0 : 1;
        auto const is_incident = is_known && start && !is_plan && where.reach == Reach::county;
        auto const title = best_text(alert.header);
        auto const text = best_text(alert.description);
        return tally_.take({.key = {.source = options_.source_name, .source_id = key_of(alert)},
                            .observed_at = observed_at_,
                            .role = is_incident ? ReportRole::incident : ReportRole::context,
                            .kind_code = county_.kinds.by_code(kind) ? kind : "unknown",
                            .kind_rule = rule,
                            .kind_confidence = confidence,
                            .occurred = occurred,
                            .place = where.place,
                            .place_text = where.words,
                            .title = title.empty() ? alert.effect : title,
                            .text = text,
                            .link = link_of(alert),
                            .case_number = {},
                            .payload = std::move(payload)},
                           row, "id");
    }

    // What the notes at the end tell.
    struct Counts {
        std::uint64_t unknown = 0;  // ids of stops and lines
        std::uint64_t untold = 0;   // alerts of unknown stops only
        std::uint64_t undated = 0;  // alerts that do not tell since when
    };
    [[nodiscard]] Counts const& counts() const { return counts_; }

private:
    using Reach = KnownStops::Where::Reach;

    // An id is unique within one feed only, and many operators number their alerts anew each time: with the
    // start it is another event's only if that began in the same second. Of several periods those that are
    // over go from the feed, so the last one's start stays. Where none is told, the day stands for it.
    [[nodiscard]] std::string key_of(TransitAlert const& alert) const
    {
        auto const start = alert.last_start();
        return fmt::format("{}@{}", alert.id, start ? to_text(*start) : to_text(day_of(observed_at_)));
    }

    [[nodiscard]] LocalDate day_of(Instant instant) const
    {
        return date::floor<date::days>(county_.profile.zone.local(instant));
    }

    struct Kind {
        std::string code;
        std::string rule;
        int confidence = 0;
        bool is_known = false;
    };
    [[nodiscard]] Kind kind_of(TransitAlert const& alert) const
    {
        std::string text;
        for (auto const* const texts : {&alert.header, &alert.description})
            for (auto const& one : *texts)
                text += one.text + "\n";
        auto answer = kinds_.classify({}, {}, text);
        if (!answer.known)
            answer = kinds_.classify(alert.cause, {}, {});
        return {answer.known ? answer.kind : kObstruction, answer.rule, answer.confidence, answer.known};
    }

    static std::string link_of(TransitAlert const& alert)
    {
        auto const link = best_text(alert.url);
        return link.starts_with("https://") || link.starts_with("http://") ? link : std::string{};
    }

    County const& county_;
    KindRules const& kinds_;
    AlertsOptions const& options_;
    Instant observed_at_;
    KnownStops const& stops_;
    ImportTally& tally_;
    Counts counts_;
};

std::string entities_text(std::uint64_t count)
{
    return count == 1 ? "1 entity" : fmt::format("{} entities", count);
}

void note_what_was_noticed(ImportTally& tally, std::string const& file, FeedImport::Counts const& counts)
{
    if (counts.unknown > 0)
        tally.note(fmt::format(
            "{}: stops and lines that the store does not know: {}; riskbild import gtfs brings all "
            "lines and the stops of the county, not those elsewhere",
            file, counts.unknown));
    if (counts.untold > 0)
        tally.note(
            fmt::format("{}: alerts of unknown stops only, elsewhere or in the county where its GTFS is not "
                        "imported; kept as context: {}",
                        file, rows_text(counts.untold)));
    if (counts.undated > 0)
        tally.note(
            fmt::format("{}: alerts that do not tell since when; kept as context for each day on which "
                        "they are seen: {}",
                        file, rows_text(counts.undated)));
}

}  // namespace

FetchRules alerts_rules()
{
    return {.least_pause = std::chrono::seconds{30}, .most_an_hour = 120, .most_a_day = 2880};
}

Result<ImportReport> import_alerts(Store& store, ByteSource& source, KindRules const& kinds,
                                   AlertsOptions const& options)
{
    if (!is_source_name(options.source_name))
        return fail(ErrorCode::wrong_use,
                    fmt::format("the source is called \"{}\", expected only a–z, 0–9, - and _",
                                shortened(options.source_name)),
                    "source-name");
    auto const& file = source.name();
    auto const bytes = all_of(source);
    if (!bytes)
        return Failure{bytes.error()};
    auto feed = bytes->empty() ? Result<AlertFeed>{AlertFeed{}} : read_alerts(*bytes);
    if (!feed)
        return fail(feed.error().code, fmt::format("{}: {}", file, feed.error().message));
    auto const stops = KnownStops::of(store);
    if (!stops)
        return Failure{stops.error()};
    auto session = store.begin_import(
        {.name = options.source_name, .title = "Kollektivtrafikens störningar", .rank = kRank}, file);
    if (!session)
        return Failure{session.error()};

    auto const stamp = file_stamp(file);
    auto const observed_at = options.observed  ? *options.observed
                             : feed->timestamp ? *feed->timestamp
                                               : stamp.value_or(options.now);
    ImportTally tally{**session, options.source_name, file};
    auto const county = store.county();
    FeedImport import{*county, kinds, options, observed_at, *stops, tally};
    std::uint64_t row = 0;
    for (auto const& alert : feed->alerts)
        if (auto const taken = import.take(alert, ++row); !taken)
            return Failure{taken.error()};

    if (bytes->empty())
        tally.note(fmt::format("{}: an empty answer", file));
    if (feed->other_entities > 0)
        tally.note(fmt::format("{}: trip updates and vehicle positions, which are not read: {}", file,
                               entities_text(feed->other_entities)));
    if (feed->deleted > 0)
        tally.note(fmt::format("{}: alerts that the feed takes back; they stay as they were: {}", file,
                               entities_text(feed->deleted)));
    note_what_was_noticed(tally, file, import.counts());
    return tally.finish();
}

}  // namespace riskbild::importers
