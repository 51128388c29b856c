#include "cli/commands/demo.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include <fmt/format.h>

#include "cli/commands/import.hpp"
#include "cli/commands/serve.hpp"
#include "data/example/example_county.hpp"
#include "layers/registry.hpp"
#include "server/http_server.hpp"

namespace riskbild::cli {
namespace {

namespace fs = std::filesystem;

/// `$XDG_CACHE_HOME/riskbild/demo`, `~/.cache/riskbild/demo`, or a folder for temporary files.
fs::path demo_folder()
{
    auto const* const cache = std::getenv("XDG_CACHE_HOME");
    if (cache != nullptr && *cache == '/')
        return fs::path(cache) / "riskbild" / "demo";
    auto const* const home = std::getenv("HOME");
    if (home != nullptr && *home == '/')
        return fs::path(home) / ".cache" / "riskbild" / "demo";
    return fs::temp_directory_path() / "riskbild-demo";
}

Result<void> check_holds_only_examples(Store const& store, fs::path const& file)
{
    auto const county = store.county();
    for (auto const& source : county->sources)
        if (!source.made_up)
            return fail(ErrorCode::wrong_use,
                        fmt::format("{} holds reports that are not made up ({}); delete it, or name another "
                                    "store for the demo",
                                    file.string(), source.title),
                        "store");
    return {};
}

Result<void> check_port_is_free(std::uint16_t port)
{
    auto const listening = server::HttpServer::listen({.port = port});
    return listening ? Result<void>{} : Failure(listening.error());
}

Result<std::vector<ImportReport>> import_examples(Store& store, fs::path const& folder, std::size_t reports,
                                                  Output& output)
{
    data::ExampleOptions example;
    example.reports = reports;
    auto const written = data::write_example_county(folder, example);
    if (!written)
        return Failure(written.error());
    std::vector<ImportReport> imported;
    for (auto const& part : written->files) {
        importers::ImportRequest request;
        request.source = part.importer;
        request.files = {part.path.string()};
        request.column_profile = part.column_profile;
        request.made_up = true;
        auto report = import_with_progress(store, std::move(request), output);
        if (!report)
            return Failure(report.error());
        imported.push_back(*std::move(report));
    }
    return imported;
}

Result<std::vector<layers::LayerInfo>> compute_layers(Store& store, Output& output)
{
    auto const snapshot = store.snapshot();
    if (!snapshot)
        return Failure(snapshot.error());
    auto const view = View(*snapshot, Role::analyst);
    std::vector<layers::LayerInfo> infos;
    for (auto const& layer : layers::all_layers()) {
        auto const& name = layer.description.name;
        auto result = layers::run_layer(name, view, {}, {}, [&](double done) {
            output.progress(fmt::format("{}: {:.0f} %", name, 100.0 * done));
            return true;
        });
        if (!result)
            return Failure(result.error());
        infos.push_back(std::move(result->info));
    }
    output.end_progress();
    return infos;
}

server::JsonText json_of(fs::path const& file, std::vector<ImportReport> const& reports,
                         std::vector<layers::LayerInfo> const& infos)
{
    server::JsonText json;
    json.object([&] {
        json.field("store", file.string());
        json.array("imports", [&] {
            for (auto const& report : reports)
                json.object([&] { write_report(json, report); });
        });
        json.array("layers", [&] {
            for (auto const& info : infos)
                json.object([&] {
                    json.field("layer", info.layer);
                    json.field("n", info.n);
                    json.field("left_out", info.left_out.total());
                });
        });
    });
    return json;
}

std::string text_of(std::vector<ImportReport> const& reports, std::vector<layers::LayerInfo> const& infos)
{
    std::string text;
    for (auto const& report : reports)
        text += importers::summary(report) + "\n";
    for (auto const& info : infos)
        text += fmt::format("{}: n {}, left out {}\n", info.layer, info.n, info.left_out.total());
    return text;
}

}  // namespace

Result<void> Demo::operator()(Output& output) const
{
    auto const file = store.empty() ? demo_folder() / "county.gpkg" : store;
    if (auto const good = serve ? check_port_is_free(port) : Result<void>{}; !good)
        return good;
    auto const folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    std::error_code ec;
    fs::create_directories(folder, ec);
    if (ec)
        return fail(ErrorCode::unwritable,
                    fmt::format("cannot make the folder {}: {}", folder.string(), ec.message()), "store");
    auto opened = open_or_create(file, "uppsala");
    if (!opened)
        return Failure(opened.error());
    if (auto const good = check_holds_only_examples(**opened, file); !good)
        return good;
    auto const imported = import_examples(**opened, folder / "example", reports, output);
    if (!imported)
        return Failure(imported.error());
    auto const infos = compute_layers(**opened, output);
    if (!infos)
        return Failure(infos.error());
    opened->reset();
    if (auto const said = output.answer(text_of(*imported, *infos), json_of(file, *imported, *infos));
        !said || !serve)
        return said;
    // One object was the answer already; the address follows on standard error.
    Output silent(false);
    return Serve{.store = file, .port = port, .viewer = viewer, .allow_origins = {}}(silent);
}

}  // namespace riskbild::cli
