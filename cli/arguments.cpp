#include "cli/arguments.hpp"

#include <algorithm>
#include <optional>
#include <sstream>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "cli/command_line/complaint.hpp"
#include "cli/command_line/desk_commands.hpp"
#include "cli/command_line/intake_commands.hpp"
#include "cli/command_line/parts.hpp"
#include "geo_core/profile.hpp"
#include "layers/registry.hpp"

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

std::string layer_help()
{
    std::string help = "Layers and their options (key=default: meaning; allowed values):\n";
    for (auto const& layer : layers::all_layers()) {
        auto const& about = layer.description;
        help += fmt::format("  {}: {}\n", about.name, about.about_en);
        for (auto const& option : about.options)
            help += fmt::format("      {}={}: {} ({})\n", option.key, option.default_value, option.en,
                                option.allowed());
        if (about.tables.size() + (about.has_grid ? 1U : 0U) > 1U) {
            help += "      tables:";
            for (auto const& table : about.tables)
                help += " " + table.key;
            help += about.has_grid ? " cells\n" : "\n";
        }
    }
    help +=
        "Endings: grids .tif, .tiff or .csv; tables .gpkg (all of them), .geojson or .csv. Without --out the "
        "tables are printed.\n"
        "Examples:\n"
        "  riskbild layer density --store county.gpkg --out density.tif --filter 'kinds=damage.graffiti'\n"
        "  riskbild layer rates --store county.gpkg --out rates.csv --filter "
        "'period=2025-01-01..2026-01-01'\n"
        "A filter is key=value joined by ; with the keys areas, hours, kinds, period, precision, sources, "
        "weekdays:\n"
        "docs/filter.md tells their values.";
    return help;
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
    command.add_option("--layer", init.area_options.layer, "Layer of the areas, where there are several");
    command.footer(
        "Examples:\n"
        "  riskbild init --store county.gpkg --profile uppsala\n"
        "  riskbild init --store county.gpkg --areas kommuner.geojson");
}

void add_layer(CLI::App& app, Layer& layer)
{
    auto& command = *app.add_subcommand("layer", "Compute a layer and print it or write it to a file");
    command.add_option("name", layer.name, "Which layer, see below")->required();
    add_store(command, layer.store);
    command.add_option("--out", layer.out, "File to write; its ending is the format. Absent: printed")
        ->type_name("FILE");
    command.add_option("--table", layer.table, "Which of its tables, where there are several");
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
        if (app.got_subcommand("import"))
            refuse_options_of_other_sources(*app.get_subcommand("import"), import.source);
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
    if (auto const* const command = app.get_subcommand("set-aside"); command->parsed())
        return Arguments{chosen(*command, set_aside), json};
    if (auto const* const command = app.get_subcommand("link"); command->parsed())
        return Arguments{chosen(*command, link), json};
    if (auto const* const command = app.get_subcommand("profile"); command->parsed())
        return Arguments{chosen(*command, profile), json};
    if (auto const* const command = app.get_subcommand("fetch"); command->parsed())
        return Arguments{chosen(*command, fetch), json};
    return Arguments{demo, json};
}

}  // namespace riskbild::cli
