#include "cli/command_line/intake_commands.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/command_line/parts.hpp"
#include "geo_core/profile.hpp"
#include "geo_core/text.hpp"
#include "importers/import.hpp"

namespace riskbild::cli {
namespace {

/// Which sources an option of `import` is for; those not listed are for all.
struct SourcesOfOption {
    std::string_view option;
    std::vector<std::string_view> sources;
};

std::vector<SourcesOfOption> const& sources_of_options()
{
    static std::vector<SourcesOfOption> const kAll{
        {"--profile-columns", {"points"}},
        {"--layer", {"areas", "figures", "points", "shops"}},
        {"--swap-positions", {"open311", "points"}},
        {"--observed", {"gtfs-rt", "open311", "points", "police"}},
        {"--set", {"areas", "figures"}},
        {"--code-field", {"areas"}},
        {"--name-field", {"areas"}},
        {"--generalised", {"areas"}},
        {"--valid-from", {"areas"}},
        {"--valid-to", {"areas"}},
        {"--measure", {"figures"}},
        {"--about", {"figures"}},
        {"--year", {"figures"}},
        {"--replace", {"gtfs", "osm"}},
        {"--source-name", {"areas", "figures", "gtfs", "gtfs-rt", "open311", "osm", "shops"}}};
    return kAll;
}

std::string_view examples_of(std::string_view source)
{
    if (source == "police")
        return "  riskbild import police uppsala_lan_latest.json --store county.gpkg\n"
               "  riskbild import police answers/ --store county.gpkg";
    if (source == "points")
        return "  riskbild profile suggest lista.xlsx --out lista.toml\n"
               "  riskbild import points lista.xlsx --profile-columns lista.toml --store county.gpkg";
    if (source == "open311")
        return "  riskbild import open311 requests.xml --store county.gpkg --source-name staden";
    if (source == "gtfs-rt")
        return "  riskbild import gtfs-rt ServiceAlerts.pb --store county.gpkg";
    if (source == "gtfs")
        return "  riskbild import gtfs ul.zip --store county.gpkg";
    if (source == "osm")
        return "  riskbild import osm sweden.osm.pbf --store county.gpkg";
    if (source == "areas")
        return "  riskbild import areas regso.gpkg --set regso --valid-from 2018 --store county.gpkg";
    if (source == "figures")
        return "  riskbild import figures bra_2023.csv --about klotter --store county.gpkg\n"
               "  riskbild import figures folkmangd_2024.xlsx --set regso --layer Blad1 --store county.gpkg";
    return "  riskbild import shops butiker.xlsx --store county.gpkg";
}

std::string files_of(std::string_view source)
{
    if (source == "gtfs")
        return "Feeds, each a folder or a ZIP archive";
    if (source == "osm")
        return "Extracts (.osm.pbf)";
    if (source == "areas" || source == "figures" || source == "shops")
        return "Files, or archive.zip/member";
    if (source == "points")
        return "Files, folders, - for standard input, archive.zip/member, or a database (PG:dbname=…)";
    return "Files, folders, - for standard input, or archive.zip/member";
}

bool is_source(std::string const& name)
{
    auto const names = importers::source_names();
    return std::ranges::find(names, name) != names.end();
}

/// `For points and figures: sheet of …` without the sources, where one is asked about.
std::string without_sources(std::string const& description)
{
    auto const colon = description.find(": ");
    if (!description.starts_with("For ") || colon == std::string::npos)
        return description;
    auto rest = description.substr(colon + 2);
    rest.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(rest.front())));
    return rest;
}

void add_fetch_options(CLI::App& command, FetchOptions& options, std::string const& about_url)
{
    add_store(command, options.store);
    command.add_option("--url", options.url, about_url)->type_name("ADDRESS");
    auto* const every = command.add_option("--every", options.every,
                                           "Ask again so often, such as 10m, until Ctrl-C; once otherwise");
    command
        .add_flag_callback(
            "--once", [] {}, "Ask once, as is done without --every")
        ->excludes(every);
    command
        .add_option("--answers", options.answers,
                    "Folder that keeps every answer as received; beside the store by default")
        ->type_name("FOLDER");
    command.add_option("--contact", options.contact,
                       "Mail or web address that the feed's owner finds in your requests (mailto:…)");
    command.add_option("--profile", options.profile, "County profile of a new store (default uppsala)");
}

void add_fetch_open311(CLI::App& fetch, FetchOpen311& wish)
{
    auto& command = *fetch.add_subcommand("open311", "The requests of a city with Open311 (GeoReport v2)");
    add_fetch_options(command, wish.options,
                      "Where the city's Open311 is, such as https://example.se/open311/v2");
    command.get_option("--url")->required();
    command.add_option("--jurisdiction", wish.jurisdiction, "jurisdiction_id, where the city wants one");
    command.add_option("--service", wish.service, "Only requests of this service code");
    command
        .add_option("--from", wish.from,
                    "Requests from this day; from a week before the last run ended, else of 90 days")
        ->type_name("DATE");
    command.add_option("--to", wish.to, "Requests before this day; now otherwise")->type_name("DATE");
    command
        .add_option("--source-name", wish.source_name,
                    "Under which name they are kept: another for each city, as its numbers are its own")
        ->capture_default_str();
    command.add_flag("--swap-positions", wish.swap_positions,
                     "The city writes lat and long in each other's place");
    command.footer(
        "Asked for in windows of at most 90 days, page by page, at most ten calls a minute;\n"
        "a run that is cut short goes on a week before its last window ended. Graffiti, vandalism,\n"
        "littering and noise are incidents; other services are kept as\n"
        "context (data/kinds/open311_services.toml).\n"
        "Example:\n"
        "  riskbild fetch open311 --url https://example.se/open311/v2 --from 2025-01-01 --store county.gpkg");
}

void add_fetch_alerts(CLI::App& fetch, FetchAlerts& wish)
{
    auto& command = *fetch.add_subcommand("gtfs-rt", "The alerts of public transport (GTFS-Realtime)");
    add_fetch_options(command, wish.options, "Where the operator's ServiceAlerts are, protobuf or JSON");
    command.get_option("--url")->required();
    command.add_option("--source-name", wish.source_name, "Under which name they are kept")
        ->capture_default_str();
    command
        .add_option("--key-file", wish.key_file,
                    "File with the operator's key, which is put in place of {key} in --url: what stands on a "
                    "command line others see")
        ->type_name("FILE");
    command.footer(
        "Alerts that tell of an incident (a police operation, damage) are kept as such, all others as "
        "context. "
        "Import the\n"
        "operator's GTFS first (riskbild import gtfs): its stops tell where an alert is.\n"
        "Example:\n"
        "  riskbild fetch gtfs-rt --url 'https://example.se/ul/ServiceAlerts.pb?key={key}' --key-file ul.key "
        "--every 5m "
        "--store county.gpkg");
}

}  // namespace

void show_only(CLI::App& command, std::string const& source)
{
    if (!is_source(source))
        return;
    command.get_option("files")->description(files_of(source));
    for (auto const& [name, sources] : sources_of_options()) {
        auto* const option = command.get_option(std::string{name});
        if (std::ranges::find(sources, source) == sources.end())
            option->group("");
        else
            option->description(without_sources(option->get_description()));
    }
    command.footer(fmt::format(
        "The store is made when it does not exist. Each file is taken in as a whole or not at all; importing "
        "it again\n"
        "changes nothing. Other sources: riskbild import --help\n"
        "Examples:\n{}",
        examples_of(source)));
}

void refuse_options_of_other_sources(CLI::App const& command, std::string const& source)
{
    if (!is_source(source))
        return;
    for (auto const& [name, sources] : sources_of_options())
        if (command.count(std::string{name}) > 0 && std::ranges::find(sources, source) == sources.end())
            throw CLI::ValidationError(
                fmt::format("{} is not for {}, but for {}", name, source, fmt::join(sources, ", ")));
}

void add_import(CLI::App& app, Import& import)
{
    auto& command = *app.add_subcommand("import", "Take files of a source into a store");
    command
        .add_option("source", import.source,
                    fmt::format("Kind of source: {}", fmt::join(importers::source_names(), ", ")))
        ->required();
    command
        .add_option("files", import.files,
                    "Files, folders, - for standard input, or archive.zip/member; for points also a database "
                    "(PG:dbname=…)")
        ->required();
    add_store(command, import.store);
    command.add_option(
        "--profile-columns", import.column_profile,
        "For points: which column is what; a name in data/profiles/columns or a path ending in .toml "
        "(docs/column-profiles.md tells how to write one)");
    command.add_option("--layer", import.layer,
                       "For areas, figures, points and shops: sheet of a spreadsheet, layer of a map or "
                       "table of a database, where there are several");
    command.add_flag(
        "--swap-positions", import.swap_positions,
        "For points and open311: longitude and latitude, or east and north, stand in each other's columns");
    command.add_option(
        "--observed", import.observed,
        "When the source said so (2025-01-31T12:00:00Z), where the data and file names do not tell");
    command.add_option("--profile", import.profile, "County profile of a new store (default uppsala)");
    auto& places = import.places;
    command.add_option("--set", places.set, "For areas and figures: the area set, such as regso or deso");
    add_area_fields(command, places);
    command.add_option("--valid-from", places.valid_from, "For areas: first year of the set")
        ->check(between(1900, 2200));
    command.add_option("--valid-to", places.valid_to, "For areas: last year of the set")
        ->check(between(1900, 2200));
    command.add_option("--measure", places.measure,
                       "For figures: what is counted, where the heading does not tell");
    command.add_option("--about", places.about, "For figures: of which offence or question");
    command.add_option("--year", places.year,
                       "For figures: the year, where neither a column nor the file's name tells");
    command.add_flag("--replace", places.replace,
                     "For gtfs and osm: also where most of what the source told before is not in the file");
    command.add_option(
        "--source-name", places.source_name,
        "For areas, figures, gtfs, gtfs-rt, open311, osm, shops: under which name they are kept, "
        "where there are several of "
        "one sort");
    command.footer(
        "The store is made when it does not exist. Each file is taken in as a whole or not at all; importing "
        "it again\n"
        "changes nothing. Rows that cannot be used are set aside, counted and listed, and are no error.\n"
        "Points are read from CSV, JSON, JSON Lines, GeoJSON, XLSX, ODS, XLS, shapefile, GeoPackage, "
        "FlatGeobuf, "
        "KML\n"
        "and GML; these and the police's JSON also packed with gzip, bzip2, xz, zstd or ZIP.\n"
        "Examples:\n"
        "  riskbild import police uppsala_lan_latest.json --store county.gpkg\n"
        "  riskbild import points crimes.csv --store houston.gpkg --profile houston --profile-columns "
        "houston_crime\n"
        "  riskbild import open311 requests.xml --store county.gpkg --source-name staden\n"
        "Places, areas and figures (docs/named-places.md):\n"
        "  riskbild import gtfs ul.zip --store county.gpkg\n"
        "  riskbild import osm sweden.osm.pbf --store county.gpkg\n"
        "  riskbild import areas regso.gpkg --set regso --valid-from 2018 --store county.gpkg\n"
        "  riskbild import figures bra_2023.csv --about klotter --store county.gpkg\n"
        "  riskbild import shops butiker.xlsx --store county.gpkg");
}

void add_profile(CLI::App& app, ProfileCommands& profile)
{
    auto& command = *app.add_subcommand("profile", "Column profiles: which column of a table is what");
    command.require_subcommand(1);
    auto& suggest =
        *command.add_subcommand("suggest", "Look at a table and propose its column profile, with reasons");
    suggest.add_option("file", profile.suggest.file, "A file as for riskbild import points, or PG:dbname=…")
        ->required();
    suggest.add_option("--layer", profile.suggest.layer, "Sheet, layer or table, where there are several");
    suggest
        .add_option("--profile", profile.suggest.profile,
                    fmt::format("County that the positions lie in: {}", fmt::join(profile_names(), ", ")))
        ->capture_default_str();
    suggest
        .add_option("--out", profile.suggest.out,
                    "Write the column profile to this file, which ends in .toml")
        ->type_name("FILE");
    suggest.add_flag("--force", profile.suggest.force, "Replace the file if it exists");
    suggest.footer(
        "Nothing is stored. Whether 03/04 is in March or April is never guessed: where nothing proves it, "
        "the "
        "profile has\n"
        "a line to fill in.\n"
        "Example:\n"
        "  riskbild profile suggest lista.xlsx --out lista.toml\n"
        "  riskbild import points lista.xlsx --profile-columns lista.toml --store county.gpkg");
    command.add_subcommand("list", "The built-in column profiles")
        ->footer("Example:\n  riskbild profile list");
    auto& show = *command.add_subcommand("show", "Print a column profile");
    show.add_option("name", profile.show.name, "A name from riskbild profile list, or a path ending in .toml")
        ->required();
    show.footer("Example:\n  riskbild profile show incidents");
    command.footer("Example:\n  riskbild profile suggest crimes.csv --profile chicago");
}

Command chosen(CLI::App const& command, ProfileCommands const& profile)
{
    if (command.got_subcommand("suggest"))
        return profile.suggest;
    if (command.got_subcommand("list"))
        return profile.list;
    return profile.show;
}

void add_fetch(CLI::App& app, FetchCommands& fetch)
{
    auto& command = *app.add_subcommand("fetch", "Ask a feed, keep what it answers and take it into a store");
    command.require_subcommand(1);
    auto& police = *command.add_subcommand("police", "The events that the police publish");
    add_fetch_options(police, fetch.police.options, "Another address than https://polisen.se/api/events");
    police.add_option(
        "--location", fetch.police.location,
        "A kommun or län, several with semicolons, or \"\" for everywhere; the store's county by "
        "default");
    police.add_option("--period", fetch.police.period, "Of the past: a day, month or year, such as 2026-04");
    police.footer(
        "Each answer is kept before it is taken in, so nothing is lost when that fails: what waits is taken "
        "in "
        "by the\n"
        "next fetch. As the police ask: at least 10 s between calls, at most 60 an hour; after an error "
        "pauses "
        "that grow,\n"
        "remembered also when riskbild ends. Ctrl-C ends after what is being written.\n"
        "Example:\n  riskbild fetch police --store county.gpkg --every 10m --contact mailto:me@example.se");
    add_fetch_open311(command, fetch.open311);
    add_fetch_alerts(command, fetch.alerts);
    command.footer("Example:\n  riskbild fetch police --store county.gpkg --every 10m");
}

Command chosen(CLI::App const& command, FetchCommands const& fetch)
{
    if (command.got_subcommand("open311"))
        return fetch.open311;
    if (command.got_subcommand("gtfs-rt"))
        return fetch.alerts;
    return fetch.police;
}

}  // namespace riskbild::cli
