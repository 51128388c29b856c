#include "importers/police/police_importer.hpp"

#include <map>

#include <fmt/format.h>

#include "importers/import_tally.hpp"
#include "importers/observed.hpp"
#include "importers/police/police_fields.hpp"
#include "importers/police/police_name.hpp"
#include "importers/readers/json_records.hpp"

namespace riskbild::importers {
namespace {

constexpr std::uint64_t kRowsBetweenProgress = 2048;

// A place as the police name it, or why there is none.
enum class Whereabouts { here, outside, unknown };
struct FoundPlace {
    Whereabouts whereabouts = Whereabouts::unknown;
    AreaPlace place{};
    std::string text{};
};

std::optional<AreaPlace> named_place(std::string_view name, County const& county)
{
    if (name.empty())
        return std::nullopt;
    if (auto const area = county.areas.by_name(name); area != kNoArea)
        return AreaPlace{.precision = Precision::kommun, .area = area};
    if (lower_case(name) == lower_case(county.profile.county_name))
        return AreaPlace{.precision = Precision::lan, .area = kNoArea};
    return std::nullopt;
}

bool lies_in_county(std::string_view gps, County const& county)
{
    auto const midpoint = parse_gps(gps);
    return midpoint && county.profile.accepted_box.contains(*midpoint) &&
           county.areas.at(county.profile.crs.metres(*midpoint)) != kNoArea;
}

// "29 september 19:48, Mord/dråp, försök": nothing behind the type, whose last part looks like a place.
bool place_is_part_of_type(PoliceName const& name, std::string_view type)
{
    return lower_case(name.type + ", " + name.place) == lower_case(type);
}

FoundPlace find_place(PoliceEvent const& event, PoliceName const& name, County const& county)
{
    auto const in_title = place_is_part_of_type(name, event.type) ? std::string{} : name.place;
    auto const& wanted = in_title.empty() ? event.location_name : in_title;
    if (auto const place = named_place(wanted, county))
        return {.whereabouts = Whereabouts::here, .place = *place, .text = wanted};
    if (lies_in_county(event.location_gps, county))
        return {.whereabouts = Whereabouts::unknown, .text = wanted};
    return {.whereabouts = Whereabouts::outside, .text = wanted};
}

// What the notes at the end tell.
struct Counts {
    std::map<std::string, std::uint64_t> unknown_types;
    std::uint64_t classified_by_text = 0;
    std::uint64_t published_before = 0;  // they happened, by their own words
};

class FileImport {
public:
    FileImport(County const& county, PoliceTypes const& types, PoliceOptions const& options,
               std::optional<Instant> stamp, ImportTally& tally)
        : county_(county), types_(types), options_(options), stamp_(stamp), tally_(tally)
    {
    }

    Result<void> take(JsonValue const& record, std::uint64_t row)
    {
        auto const unwrapped = unwrap_police_record(record);
        auto payload = canonical_json(*unwrapped.event);
        auto const aside = [&](RowProblem problem) {
            problem.payload = std::move(payload);
            return tally_.set_aside(row, std::move(problem));
        };
        auto const event = read_police_event(*unwrapped.event);
        if (!event)
            return aside({event.error().field, "bad_record", event.error().message});
        auto const name = parse_police_name(event->name);

        auto const found = find_place(*event, name, county_);
        if (found.whereabouts == Whereabouts::outside) {
            return tally_.outside();
        }
        if (found.whereabouts == Whereabouts::unknown)
            return aside(
                {"name", "unknown_place",
                 fmt::format("the place \"{}\" is none of the county's areas, though its gps lies here",
                             found.text)});

        auto const times = read_times(*event, name, unwrapped);
        if (!times)
            return aside(times.error());
        // Revisions tell when each was seen; elsewhere one file is one answer and says each event once.
        if (!unwrapped.seen && !seen_.agree(event->id, payload))
            return tally_.set_aside(row, duplicate_id(event->id, "id", std::move(payload)));

        auto const type = event->type.empty() ? name.type : event->type;
        counts_.published_before += times->published < times->occurred.from ? 1 : 0;
        auto const answer = types_.classify(type, event->name + " " + event->summary);
        counts_.classified_by_text += answer.by_text ? 1 : 0;
        if (!answer.known)
            ++counts_.unknown_types[type];
        return tally_.take({.key = {.source = police_source().name, .source_id = event->id},
                            .observed_at = times->observed_at,
                            .role = answer.is_context ? ReportRole::context : ReportRole::incident,
                            .kind_code = county_.kinds.by_code(answer.kind) ? answer.kind : "unknown",
                            .kind_rule = answer.rule,
                            .kind_confidence = answer.confidence,
                            .occurred = times->occurred,
                            .place = found.place,
                            .place_text = found.text,
                            .title = event->name,
                            .text = event->summary,
                            .link = police_link(event->url),
                            .case_number = {},
                            .patrol_discovered = answer.patrol_discovered,
                            .payload = std::move(payload)},
                           row, "id");
    }

    [[nodiscard]] Counts const& counts() const { return counts_; }

private:
    struct Times {
        Instant published;
        Instant observed_at;
        TimeInterval occurred;
    };

    [[nodiscard]] tl::expected<Times, RowProblem> read_times(PoliceEvent const& event, PoliceName const& name,
                                                             PoliceRecord const& record) const
    {
        auto const bad_time = [](std::string column, std::string message) {
            return tl::unexpected{RowProblem{std::move(column), "bad_time", std::move(message)}};
        };
        auto const published = parse_instant(event.datetime);
        if (!published)
            return bad_time(
                "datetime",
                fmt::format("datetime is \"{}\", expected for example \"2022-10-08 7:03:04 +02:00\"",
                            event.datetime));
        if (!name.date)
            return bad_time(
                "name",
                fmt::format("name is \"{}\", expected a date as in \"29 september 19:48, Rån, Uppsala\"",
                            event.name));
        auto const occurred = occurrence_of(*name.date, *published, county_.profile.zone);
        if (!occurred)
            return bad_time("name", fmt::format("name is \"{}\", expected a date of the 180 days before its "
                                                "publication ({}) or of the day after",
                                                event.name, to_text(*published)));
        auto const observed_at = observed(record, *published);
        if (auto wrong = implausible_time(*occurred, observed_at, options_.now))
            return bad_time(column_of(wrong->which, record), std::move(wrong->message));
        return Times{*published, observed_at, *occurred};
    }

    [[nodiscard]] Instant observed(PoliceRecord const& record, Instant published) const
    {
        if (options_.observed)
            return *options_.observed;
        if (record.seen)
            return *record.seen;
        return stamp_.value_or(published);
    }

    [[nodiscard]] std::string column_of(ImplausibleTime::Which which, PoliceRecord const& record) const
    {
        if (which != ImplausibleTime::Which::observed)
            return "datetime";
        if (record.seen)
            return "seen_unix";
        return stamp_ ? "" : "datetime";
    }

    County const& county_;
    PoliceTypes const& types_;
    PoliceOptions const& options_;
    std::optional<Instant> stamp_;
    ImportTally& tally_;
    SeenIds seen_;
    Counts counts_;
};

ReadingRecipe recipe_of(PoliceOptions const& options)
{
    ReadingRecipe recipe;
    recipe.importer = "police";
    recipe.made_up = options.made_up;
    recipe.observed = options.observed;
    return recipe;
}

Failure no_police_events(std::string const& file, JsonValue const& record)
{
    std::string keys;
    for (auto const& [name, value] : record.members) {
        keys += keys.empty() ? "" : ", ";
        keys += name.substr(0, 40);
        if (keys.size() > 200) {
            keys += ", …";
            break;
        }
    }
    return fail(
        ErrorCode::unreadable,
        fmt::format(
            "{}: holds no police events: the first object has the keys {}, expected id, datetime, name, "
            "summary, url, type, location",
            file, keys.empty() ? "none" : keys));
}

}  // namespace

Source police_source(bool made_up)
{
    return {.name = "police",
            .title = made_up ? "Polisens händelser (påhittat exempel)" : "Polisens händelser",
            .rank = 10,
            .made_up = made_up,
            .repeats = true};
}

Result<ImportReport> import_police(Store& store, ByteSource& source, PoliceTypes const& types,
                                   PoliceOptions const& options)
{
    auto const& file = source.name();
    auto records = JsonRecords::open(source);
    if (!records)
        return Failure{records.error()};
    auto const police = police_source(options.made_up);
    auto session = options.begin ? options.begin(police, file) : store.begin_import(police, file);
    if (!session)
        return Failure{session.error()};
    if (auto told = (*session)->read_by(recipe_text(recipe_of(options))); !told)
        return Failure{told.error()};

    auto const county = store.county();
    ImportTally tally{**session, police_source().name, file};
    FileImport import{*county, types, options, file_stamp(file), tally};
    while (true) {
        auto const more = records->next();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            break;
        if (records->row() == 1 && !resembles_police_event(*unwrap_police_record(records->record()).event))
            return no_police_events(file, records->record());
        if (auto taken = import.take(records->record(), records->row()); !taken)
            return Failure{taken.error()};
        if (options.progress && records->row() % kRowsBetweenProgress == 0)
            options.progress(records->row());
    }

    if (records->is_empty())
        tally.note(fmt::format("{}: an empty answer, as the feed gives now and then", file));
    if (records->converted() > 0)
        tally.note(
            fmt::format("{}: not UTF-8 and read as Windows-1252: {}", file, rows_text(records->converted())));
    for (auto const& [type, count] : import.counts().unknown_types)
        tally.note(fmt::format("{}: the type \"{}\" is not in police_types.toml ({}): kind unknown", file,
                               type, rows_text(count)));
    if (import.counts().classified_by_text > 0)
        tally.note(fmt::format("{}: of a finer kind than their type, by words of their text: {}", file,
                               rows_text(import.counts().classified_by_text)));
    if (import.counts().published_before > 0)
        tally.note(
            fmt::format("{}: published before the time in their title, such as night reports under "
                        "the morning's date: {}",
                        file, rows_text(import.counts().published_before)));
    return tally.finish();
}

}  // namespace riskbild::importers
