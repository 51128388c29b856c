#include "cli/arguments.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <sstream>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "cli/user_name.hpp"
#include "geo_core/profile.hpp"
#include "geo_core/suggestions.hpp"
#include "geo_core/text.hpp"
#include "importers/import.hpp"
#include "layers/layer_catalogue.hpp"

namespace riskbild::cli {
namespace {

constexpr char const* kAbout =
    "Riskbild: situation reports of a Swedish county become one store, risk layers and a map.\n"
    "A store is one GeoPackage file that QGIS opens too.";

constexpr char const* kExamples =
    "Examples:\n"
    "  riskbild demo                                  a county of made-up reports, on a map\n"
    "  riskbild import police events.json --store county.gpkg\n"
    "  riskbild fetch police --store county.gpkg --every 10m\n"
    "  riskbild layer density --store county.gpkg --out density.tif --option radius=500\n"
    "  riskbild serve --store county.gpkg --port 8080\n"
    "Exit: 0 done (even with rows set aside), 1 data or environment at fault, 2 wrong use.\n"
    "Every command takes --json: one object on standard output.";

CLI::Option* add_store(CLI::App& command, std::filesystem::path& store)
{
    return command.add_option("--store", store, "The store: a GeoPackage file")
        ->type_name("FILE")
        ->required();
}

/// A whole number in a range, which the help tells too.
CLI::Validator between(std::int64_t least, std::int64_t most)
{
    auto const check = [least, most](std::string const& text) {
        std::int64_t number = 0;
        auto const* const end = text.data() + text.size();
        auto const [read_to, error] = std::from_chars(text.data(), end, number);
        auto const has_leading_zero = text.size() > 1 && text.front() == '0';  // CLI11 takes it for octal
        return error == std::errc{} && read_to == end && !has_leading_zero && number >= least &&
                       number <= most
                   ? std::string{}
                   : fmt::format("expected a whole number from {} to {}, not \"{}\"", least, most,
                                 shortened(text));
    };
    return {check, fmt::format("{}..{}", least, most)};
}

constexpr std::int64_t kHighestPort = 65535;

std::string layer_help()
{
    std::string help = "Layers and their options (key=default: meaning; allowed values):\n";
    for (auto const& layer : layers::layer_catalogue()) {
        help += fmt::format("  {}: {}\n", layer.name, layer.about_en);
        for (auto const& option : layer.options)
            help += fmt::format("      {}={}: {} ({})\n", option.key, option.default_value, option.en,
                                option.allowed());
    }
    help +=
        "Endings: surfaces .tif, .tiff or .csv; other layers .gpkg, .geojson or .csv.\n"
        "Examples:\n"
        "  riskbild layer density --store county.gpkg --out density.tif --filter 'kinds=damage.graffiti'\n"
        "  riskbild layer rates --store county.gpkg --out rates.csv --filter "
        "'period=2025-01-01..2026-01-01'\n"
        "A filter is key=value joined by ; with the keys areas, hours, kinds, period, precision, sources, "
        "weekdays:\n"
        "docs/filter.md tells their values.";
    return help;
}

/// What both `init --areas` and `import areas` can be told of a file of areas.
void add_area_fields(CLI::App& command, importers::PlaceOptions& options)
{
    command.add_option("--code-field", options.code_field,
                       "Field with the areas' codes; found by its name otherwise");
    command.add_option("--name-field", options.name_field, "Field with the areas' names");
    command
        .add_option_function<double>(
            "--generalised", [&options](double metres) { options.generalised = Metres{metres}; },
            "How far the borders may lie from the true ones, in metres; estimated otherwise")
        ->type_name("METRES")
        ->check(CLI::NonNegativeNumber);
}

void add_init(CLI::App& app, Init& init)
{
    auto& command = *app.add_subcommand("init", "Make an empty store");
    add_store(command, init.store);
    command
        .add_option("--profile", init.profile,
                    fmt::format("County profile: {}", fmt::join(profile_names(), ", ")))
        ->capture_default_str();
    command
        .add_option("--areas", init.areas,
                    "File with the kommuner's borders, in place of the built-in ones: GeoJSON, GeoPackage, "
                    "Shapefile, FlatGeobuf, KML, GML or .osm.pbf")
        ->type_name("FILE");
    add_area_fields(command, init.area_options);
    command.footer(
        "Examples:\n"
        "  riskbild init --store county.gpkg --profile uppsala\n"
        "  riskbild init --store county.gpkg --areas kommuner.geojson");
}

/// Which sources an option of `import` is for; those not listed are for all.
struct SourcesOfOption {
    std::string_view option;
    std::vector<std::string_view> sources;
};

std::vector<SourcesOfOption> const& sources_of_options()
{
    static std::vector<SourcesOfOption> const kAll{
        {"--profile-columns", {"points"}},
        {"--layer", {"figures", "points", "shops"}},
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

/// What `import gtfs --help` shows: only what that source takes, with its own examples.
void show_only(CLI::App& command, std::string const& source)
{
    auto const names = importers::source_names();
    if (std::ranges::find(names, source) == names.end())
        return;
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
                       "For points, figures and shops: sheet of a spreadsheet, layer of a map or table of a "
                       "database, where there are "
                       "several");
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

void add_layer(CLI::App& app, Layer& layer)
{
    auto& command = *app.add_subcommand("layer", "Compute a layer and write it to a file");
    command.add_option("name", layer.name, "Which layer, see below")->required();
    add_store(command, layer.store);
    command.add_option("--out", layer.out, "File to write; its ending is the format")
        ->type_name("FILE")
        ->required();
    command.add_option("--filter", layer.filter, "Which incidents; all when absent");
    command.add_option("--option", layer.options, "key=value, may be given many times")
        ->type_name("KEY=VALUE")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command.add_option("--as", layer.as, "Whose view: analyst or public")->capture_default_str();
    command.add_flag("--force", layer.force, "Replace the file if it exists");
    command.footer(layer_help());
}

void add_serve(CLI::App& app, Serve& serve)
{
    auto& command = *app.add_subcommand("serve", "Serve map, tiles and API of a store on 127.0.0.1");
    add_store(command, serve.store);
    command.add_option("--port", serve.port, "Port; 0 takes a free one and says which")
        ->check(between(0, kHighestPort))
        ->capture_default_str();
    command.add_option("--viewer", serve.viewer, "Folder of the built viewer")->type_name("FOLDER");
    command
        .add_option("--allow-origin", serve.allow_origins,
                    "A site whose pages may read answers; none by default")
        ->type_name("ORIGIN")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command.add_flag("--verbose", serve.verbose, "Log every request on standard error");
    command.footer(
        "Without accounts everybody on this computer has the analyst's view; other computers are not "
        "served.\n"
        "An import into the store is visible within about a second. SIGINT and SIGTERM finish running "
        "requests\n"
        "and give up long computations; a second one ends at once.\n"
        "Example:\n  riskbild serve --store county.gpkg --port 8080");
}

void add_check(CLI::App& app, Check& check)
{
    auto& command = *app.add_subcommand("check", "Verify a store; exit 1 when it is not sound");
    add_store(command, check.store);
    command.add_flag("--repair", check.repair, "Rebuild what can be derived from the reports");
    command.footer("Example:\n  riskbild check --store county.gpkg");
}

void add_dump(CLI::App& app, Dump& dump)
{
    auto& command = *app.add_subcommand("dump", "Print a store as canonical text");
    add_store(command, dump.store);
    command.add_option("--out", dump.out, "Write to a file instead of standard output")->type_name("FILE");
    command.add_flag("--force", dump.force, "Replace the file if it exists");
    command.footer(
        "The same reports give the same text, whatever the order of their import.\n"
        "Example:\n  riskbild dump --store county.gpkg --out county.txt");
}

struct SetAsideCommands {
    ListSetAside all;
    ListDesk list;
    ShowDeskRow show;
    CorrectDeskRow correct;
    RetryDeskRows retry;
    DropDeskRows drop;
    UndoDeskRow undo;
};

void add_row_number(CLI::App& command, std::int64_t& id)
{
    command.add_option("id", id, "Number of the row, as riskbild set-aside list shows it")->required();
}

void add_by(CLI::App& command, std::string& by)
{
    by = user_name();
    command.add_option("--by", by, "Who does this")->capture_default_str();
}

void add_desk_query(CLI::App& command, SetAsideQuery& query)
{
    command.add_option("--source", query.source, "Only rows of this source");
    command.add_option("--file", query.file, "Only rows of files of this name");
    command.add_option("--reason", query.reason, "Only rows that wait for this reason, such as no_position");
    command.add_option("--text", query.text, "Only rows with this text in them or in their message");
}

void add_list_desk(CLI::App& above, ListDesk& list)
{
    auto& command = *above.add_subcommand("list", "The rows on the desk, with their numbers");
    add_store(command, list.store);
    add_desk_query(command, list.query);
    command.add_option("--state", list.state, "open, taken or dropped")->capture_default_str();
    command.add_option("--order", list.order, "newest, file or reason")->capture_default_str();
    command.add_option("--limit", list.query.limit, "Most rows of a page")
        ->check(between(1, 100'000))
        ->capture_default_str();
    command.add_option("--offset", list.query.offset, "Rows of the pages before")
        ->check(between(0, 1'000'000'000));
    command.footer("Example:\n  riskbild set-aside list --store county.gpkg --reason bad_time");
}

void add_correct(CLI::App& above, CorrectDeskRow& correct)
{
    auto& command =
        *above.add_subcommand("correct", "Give columns of a row new values, beside the row as received");
    add_row_number(command, correct.id);
    add_store(command, correct.store);
    command.add_option("--set", correct.values, "column=value, may be given many times")
        ->type_name("COLUMN=VALUE")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->required();
    command.add_flag("--retry", correct.retry, "Take it in again at once");
    add_by(command, correct.by);
    command.footer(
        "Example:\n  riskbild set-aside correct 12 --store county.gpkg --set tid=2025-03-01T10:00 --retry");
}

template <class Rows>
CLI::App& add_rows_command(CLI::App& above, char const* name, char const* about, Rows& rows)
{
    auto& command = *above.add_subcommand(name, about);
    command.add_option("ids", rows.ids, "Numbers of rows; or choose them by the options below");
    add_store(command, rows.store);
    add_desk_query(command, rows.query);
    add_by(command, rows.by);
    return command;
}

void add_set_aside(CLI::App& app, SetAsideCommands& commands)
{
    auto& command = *app.add_subcommand("set-aside", "List rows that could not be used, with the reason");
    auto& list = commands.all;
    command.add_option("--store", list.store, "The store: a GeoPackage file")->type_name("FILE");
    command.parse_complete_callback([&command, &list] {
        if (command.get_subcommands().empty() && list.store.empty())
            throw CLI::RequiredError("--store");
    });
    add_list_desk(command, commands.list);
    auto& show = *command.add_subcommand("show", "One row with its columns and the reason");
    add_row_number(show, commands.show.id);
    add_store(show, commands.show.store);
    show.footer("Example:\n  riskbild set-aside show 12 --store county.gpkg");
    add_correct(command, commands.correct);
    add_rows_command(command, "retry", "Take rows in again, as their files were read", commands.retry)
        .footer("Example:\n  riskbild set-aside retry --store county.gpkg --reason no_position");
    add_rows_command(command, "drop", "Take rows off the list, also for later imports", commands.drop)
        .footer("Example:\n  riskbild set-aside drop 12 13 --store county.gpkg");
    auto& undo =
        *command.add_subcommand("undo", "One step back: out of the store, back on the list, uncorrected");
    add_row_number(undo, commands.undo.id);
    add_store(undo, commands.undo.store);
    undo.footer("Example:\n  riskbild set-aside undo 12 --store county.gpkg");
    command.add_option("--source", list.choice.source, "Only rows of this source");
    command.add_option("--file", list.choice.file, "Only rows of files of this name");
    auto* const limit = command.add_option("--limit", list.limit, "Most rows listed, the newest");
    limit->check(between(1, 1'000'000))->capture_default_str();
    command
        .add_flag("--discard", list.discard,
                  "Forget these rows for good, as when they have been corrected; with --source or --file")
        ->excludes(limit);
    command.footer(
        "A row that a later import could use as it is has left the list. Rows are counted from 1, below the "
        "heading.\n"
        "Rows can be corrected and taken in again: list, show, correct, retry, drop and undo.\n"
        "Examples:\n"
        "  riskbild set-aside --store county.gpkg --source police\n"
        "  riskbild set-aside correct 12 --store county.gpkg --set tid=2025-03-01T10:00 --retry");
}

void add_quality(CLI::App& app, Quality& quality)
{
    auto& command = *app.add_subcommand("quality", "How fresh, complete and precise each source is");
    add_store(command, quality.store);
    command.add_option("--source", quality.source, "Only this source");
    command.add_option("--today", quality.today, "As if it were that day; nothing later counts")
        ->type_name("DATE");
    command.footer(
        "What each number means: docs/methods/data_quality.md\n"
        "Example:\n  riskbild quality --store county.gpkg --source police");
}

void add_demo(CLI::App& app, Demo& demo)
{
    auto& command = *app.add_subcommand("demo", "Make a county of made-up reports, import it and serve it");
    command.add_option("--store", demo.store, "Where; in the user's cache folder by default")
        ->type_name("FILE");
    command.add_option("--port", demo.port, "Port; 0 takes a free one and says which")
        ->check(between(0, kHighestPort))
        ->capture_default_str();
    command.add_option("--viewer", demo.viewer, "Folder of the built viewer")->type_name("FOLDER");
    command.add_option("--reports", demo.reports, "How many reports")
        ->check(between(kFewestDemoReports, kMostDemoReports))
        ->capture_default_str();
    command.add_flag_callback(
        "--no-serve", [&demo] { demo.serve = false; }, "Only make the store");
    command.footer("Example:\n  riskbild demo --port 8080");
}

struct ProfileCommands {
    SuggestProfile suggest;
    ListProfiles list;
    ShowProfile show;
};

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

struct FetchCommands {
    FetchPolice police;
    FetchOpen311 open311;
    FetchAlerts alerts;
};

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
        .add_option("--from", wish.from, "Requests from this day; where the last run ended, else of 90 days")
        ->type_name("DATE");
    command.add_option("--to", wish.to, "Requests before this day; now otherwise")->type_name("DATE");
    command
        .add_option("--source-name", wish.source_name,
                    "Under which name they are kept: another for each city, as its numbers are its own")
        ->capture_default_str();
    command.add_flag("--swap-positions", wish.swap_positions,
                     "The city writes lat and long in each other's place");
    command.footer(
        "Asked for in windows of at most 90 days, page by page, at most ten calls a minute; a run that is "
        "cut "
        "short goes on\n"
        "where its last window ended. Graffiti, vandalism, littering and noise are incidents; other services "
        "are "
        "kept as\n"
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

struct LinkCommands {
    ListLinks list;
    ExplainLink why;
    DecideLink join;
    DecideLink part;
    WithdrawLink undo;
    ListVerdicts decisions;
};

template <class OfTwo>
CLI::App& add_link_of_two(CLI::App& above, char const* name, char const* about, OfTwo& wish)
{
    auto& command = *above.add_subcommand(name, about);
    command.add_option("a", wish.a, "A report, such as police:12345")->required();
    command.add_option("b", wish.b, "Another")->required();
    add_store(command, wish.store);
    command.footer(
        fmt::format("Example:\n  riskbild link {} police:512345 ul:A-17 --store county.gpkg", name));
    return command;
}

void add_decide_link(CLI::App& above, char const* name, char const* about, DecideLink& decide)
{
    auto& command = add_link_of_two(above, name, about, decide);
    command.add_option("--reason", decide.reason, "Why, for those who read it later");
    add_by(command, decide.by);
    command.footer(
        fmt::format("What is decided outlives every import.\n"
                    "Example:\n  riskbild link {} police:512345 ul:A-17 --store county.gpkg "
                    "--reason \"{}\"",
                    name, decide.together ? "same broken window" : "two windows"));
}

void add_link(CLI::App& app, LinkCommands& link)
{
    auto& command = *app.add_subcommand("link", "Which reports tell of one event: look, join, part");
    command.require_subcommand(1);
    auto& list = *command.add_subcommand("list", "Pairs that may be one event and wait for somebody to say");
    add_store(list, link.list.store);
    list.add_option("--source", link.list.choice.source, "Only pairs with a report of this source");
    list.add_option("--limit", link.list.choice.limit, "Most pairs, the likeliest")
        ->check(between(1, 10'000))
        ->capture_default_str();
    list.footer("Example:\n  riskbild link list --store county.gpkg --source police");
    add_link_of_two(command, "why", "Two reports beside each other, with what speaks for one event",
                    link.why);
    link.part.together = false;
    add_decide_link(command, "join", "They tell of one event", link.join);
    add_decide_link(command, "part", "They tell of two events", link.part);
    add_link_of_two(command, "undo", "As if it had never been decided", link.undo);
    auto& decisions = *command.add_subcommand("decisions", "All that was decided, by whom and why");
    add_store(decisions, link.decisions.store);
    decisions.footer("Example:\n  riskbild link decisions --store county.gpkg");
    command.footer(
        "What is decided outlives every import, also of the same files again. A bit more doubles the odds "
        "for one event;\nfrom 2 bits on reports are joined without asking, unless a rival is as good "
        "(docs/methods/linkage.md).\n"
        "Examples:\n"
        "  riskbild link list --store county.gpkg --source police\n"
        "  riskbild link why police:512345 ul:A-17 --store county.gpkg\n"
        "  riskbild link join police:512345 ul:A-17 --store county.gpkg --reason \"same broken window\"");
}

/// `profile suggest`: a command with those above it.
std::string full_name(CLI::App const& command)
{
    auto const* const above = command.get_parent();
    return above == nullptr || above->get_parent() == nullptr
               ? command.get_name()
               : fmt::format("{} {}", full_name(*above), command.get_name());
}

/// Where to read on about a command.
std::string see_help(CLI::App const& command)
{
    auto const* const above = command.get_parent();
    return above == nullptr ? "see riskbild --help"
                            : fmt::format("see riskbild {} --help", full_name(command));
}

bool looks_like_option(std::string_view argument)
{
    return argument.size() > 1 && argument.front() == '-';
}

std::vector<std::string> names_of_options(CLI::App const& command)
{
    std::vector<std::string> names;
    for (auto const* const option : command.get_options())
        for (auto const& name : option->get_lnames())
            names.push_back(name);
    return names;
}

std::vector<std::string> names_of_commands(CLI::App const& app)
{
    std::vector<std::string> names;
    for (auto const* const command : app.get_subcommands({}))
        names.push_back(command->get_name());
    return names;
}

/// `--stor` of `--stor=county.gpkg`.
std::string without_value(std::string const& argument)
{
    return one_line(shortened(argument.substr(0, argument.find('='))));
}

std::string unknown_argument(std::string const& argument, CLI::App const& command)
{
    auto const written = without_value(argument);
    if (!looks_like_option(argument))
        return fmt::format("\"{}\" is one argument too many; {}", written, see_help(command));
    auto const name = written.substr(std::min(written.find_first_not_of('-'), written.size()));
    auto const meant = nearest_name(name, names_of_options(command));
    return fmt::format("there is no option {}; {}", written,
                       meant ? fmt::format("did you mean --{}?", *meant) : see_help(command));
}

/// An option in front of the command: of one that has it, or of none.
std::string misplaced_option(std::string const& argument, CLI::App const& app)
{
    auto const written = without_value(argument);
    auto commands = app.get_subcommands({});
    std::stable_partition(commands.begin(), commands.end(),
                          [](auto const* one) { return one->parsed(); });  // one that was given is meant
    for (auto const* const command : commands)
        for (auto const& name : names_of_options(*command))
            if (written == "--" + name)
                return fmt::format("{0} stands behind the command, as in riskbild {1} {0}", written,
                                   command->get_name());
    return unknown_argument(argument, app);
}

std::string unknown_command(std::vector<std::string> const& given, CLI::App const& app)
{
    auto const names = names_of_commands(app);
    if (given.empty())
        return fmt::format("no command is given; the commands are {}", fmt::join(names, ", "));
    auto const meant = nearest_name(given.front(), names);
    return fmt::format("there is no command \"{}\"; {}", one_line(shortened(given.front())),
                       meant ? fmt::format("did you mean {}?", *meant)
                             : fmt::format("the commands are {}", fmt::join(names, ", ")));
}

/// One sentence from CLI11's, which may have several lines and end in a full stop.
std::string sentence(std::string text, CLI::App const& command)
{
    text = text.substr(0, text.find('\n'));
    while (!text.empty() && text.back() == '.')
        text.pop_back();
    return fmt::format("{}; {}", one_line(text), see_help(command));
}

/// What was wrong. An argument that nothing takes comes first, whatever CLI11 complains of: mistyped, it is
/// why another is missing.
std::string complaint(CLI::App const& app, CLI::ParseError const& problem)
{
    auto const in_front = app.remaining();
    if (!in_front.empty() && looks_like_option(in_front.front()))
        return misplaced_option(in_front.front(), app);
    auto const chosen = app.get_subcommands();
    if (chosen.empty())
        return unknown_command(in_front, app);
    auto const& first = *chosen.front();
    auto const deeper = first.get_subcommands();
    auto const names_none = deeper.empty() && !names_of_commands(first).empty();
    auto const has_word = !first.remaining().empty() && !looks_like_option(first.remaining().front());
    if (names_none && (first.get_require_subcommand_min() > 0 || has_word))
        return unknown_command(first.remaining(), first);
    auto const& command = deeper.empty() ? first : *deeper.front();
    auto const extra = command.remaining();
    if (auto const option = std::ranges::find_if(extra, looks_like_option); option != extra.end())
        return unknown_argument(*option, command);
    return extra.empty() ? sentence(problem.what(), command) : unknown_argument(extra.front(), command);
}

}  // namespace

std::variant<Arguments, NotUnderstood> parse_arguments(int argc, char const* const* argv)
{
    CLI::App app(kAbout, "riskbild");
    app.footer(kExamples);
    app.set_version_flag("--version", "riskbild " RISKBILD_VERSION);
    app.require_subcommand(1);
    Init init;
    Import import;
    Layer layer;
    Serve serve;
    Check check;
    Dump dump;
    SetAsideCommands set_aside;
    Demo demo;
    ProfileCommands profile;
    FetchCommands fetch;
    LinkCommands link;
    Quality quality;
    add_init(app, init);
    add_import(app, import);
    add_layer(app, layer);
    add_serve(app, serve);
    add_check(app, check);
    add_dump(app, dump);
    add_set_aside(app, set_aside);
    add_demo(app, demo);
    add_profile(app, profile);
    add_fetch(app, fetch);
    add_link(app, link);
    add_quality(app, quality);
    auto json = false;
    for (auto* const command : app.get_subcommands({})) {
        for (auto* const below : command->get_subcommands({}))
            below->add_flag("--json", json, "Answer with one JSON object on standard output");
        if (command->get_require_subcommand_min() == 0)
            command->add_flag("--json", json, "Answer with one JSON object on standard output");
    }

    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& problem) {
        if (problem.get_exit_code() == 0) {
            if (app.got_subcommand("import"))
                show_only(*app.get_subcommand("import"), import.source);
            std::ostringstream text, ignored;
            app.exit(problem, text, ignored);
            return Arguments{Told{text.str()}, false};
        }
        auto const* const* const end = argv + argc;
        auto const wants_json = std::find(argv, end, std::string_view("--json")) != end;
        return NotUnderstood{{ErrorCode::wrong_use, complaint(app, problem)}, wants_json};
    }
    auto const is = [&](char const* name) { return app.got_subcommand(name); };
    if (is("init"))
        return Arguments{init, json};
    if (is("import"))
        return Arguments{import, json};
    if (is("layer"))
        return Arguments{layer, json};
    if (is("serve"))
        return Arguments{serve, json};
    if (is("check"))
        return Arguments{check, json};
    if (is("quality"))
        return Arguments{quality, json};
    if (is("dump"))
        return Arguments{dump, json};
    if (auto const* const command = app.get_subcommand("set-aside"); command->parsed()) {
        if (command->got_subcommand("list"))
            return Arguments{set_aside.list, json};
        if (command->got_subcommand("show"))
            return Arguments{set_aside.show, json};
        if (command->got_subcommand("correct"))
            return Arguments{set_aside.correct, json};
        if (command->got_subcommand("retry"))
            return Arguments{set_aside.retry, json};
        if (command->got_subcommand("drop"))
            return Arguments{set_aside.drop, json};
        if (command->got_subcommand("undo"))
            return Arguments{set_aside.undo, json};
        return Arguments{set_aside.all, json};
    }
    if (auto const* const command = app.get_subcommand("link"); command->parsed()) {
        if (command->got_subcommand("list"))
            return Arguments{link.list, json};
        if (command->got_subcommand("why"))
            return Arguments{link.why, json};
        if (command->got_subcommand("join"))
            return Arguments{link.join, json};
        if (command->got_subcommand("part"))
            return Arguments{link.part, json};
        if (command->got_subcommand("undo"))
            return Arguments{link.undo, json};
        return Arguments{link.decisions, json};
    }
    if (auto const* const command = app.get_subcommand("profile"); command->parsed()) {
        if (command->got_subcommand("suggest"))
            return Arguments{profile.suggest, json};
        if (command->got_subcommand("list"))
            return Arguments{profile.list, json};
        return Arguments{profile.show, json};
    }
    if (auto const* const command = app.get_subcommand("fetch"); command->parsed()) {
        if (command->got_subcommand("open311"))
            return Arguments{fetch.open311, json};
        if (command->got_subcommand("gtfs-rt"))
            return Arguments{fetch.alerts, json};
        return Arguments{fetch.police, json};
    }
    return Arguments{demo, json};
}

}  // namespace riskbild::cli
