// Promise: 1 M rows of one CSV to a durable, classified, placed, linked and indexed store in at most 30 s and
// 1 GB; then, from that store, 1 M incidents to the first tile in at most 3 s. After it the same rows from
// five files of five sources, of which each that comes is linked with all before.
//
// usage: import_1m_rows [FOLDER [YEARS]]   FOLDER for the files (default: a temporary one, removed
// afterwards)
//
// The rows are those of so many years, 10 unless told: 100 000 a year are twice what a county of 400 000
// reports to its police, and room for what others tell. Of 3 years each report has three times as many
// neighbours.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

#include "benchmarks/made_up_points.hpp"
#include "data/example/example_county.hpp"
#include "geo_core/store/store.hpp"
#include "importers/import.hpp"
#include "importers/import_tally.hpp"
#include "tiles/tile_service.hpp"

namespace {

namespace fs = std::filesystem;
using namespace riskbild;

[[noreturn]] void stop(std::string const& why)
{
    std::fprintf(stderr, "import_1m_rows: %s\n", why.c_str());
    std::exit(1);
}

template <class T>
T must(Result<T> result)
{
    if (!result)
        stop(result.error().message);
    if constexpr (!std::is_void_v<T>)
        return *std::move(result);
}

class Stopwatch {
public:
    double seconds() const
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

ImportReport import_all(Store& store, data::ExampleFiles const& files)
{
    ImportReport all;
    for (auto const& file : files.files) {
        importers::ImportRequest request;
        request.source = file.importer;
        request.files = {file.path.string()};
        request.column_profile = file.column_profile;
        importers::add(all, must(importers::import_files(store, request)));
    }
    return all;
}

/// Whether each record became what it was written to become.
void expect_all_in(ImportReport const& report, data::ExampleFiles const& files)
{
    data::ExampleFile sum;
    for (auto const& file : files.files) {
        sum.records += file.records;
        sum.flawed += file.flawed;
        sum.digests += file.digests;
        sum.elsewhere += file.elsewhere;
    }
    if (report.read != sum.records || report.set_aside != sum.flawed || report.outside != sum.elsewhere ||
        report.context != sum.digests || report.kept() != sum.records - sum.flawed - sum.elsewhere)
        stop("of what was written other rows were kept: " + importers::summary(report));
}

/// Another process writes the files, so that the peak memory of this one is the import's own.
data::ExampleFiles written_elsewhere(fs::path const& folder, int years, bool one_file)
{
    auto const list = folder / "files.txt";
    if (auto const child = ::fork(); child == 0) {
        auto const files = must(data::write_example_county(
            folder, {.reports = 1'000'000, .years = years, .only_case_extract = one_file}));
        std::ofstream out(list);
        for (auto const& file : files.files)
            out << file.importer << '\t' << file.column_profile << '\t' << file.records << '\t' << file.flawed
                << '\t' << file.digests << '\t' << file.elsewhere << '\t' << file.path.string() << '\n';
        out.close();
        std::_Exit(out ? 0 : 1);
    } else {
        int status = 1;
        if (child < 0 || ::waitpid(child, &status, 0) < 0 || status != 0)
            stop("the files could not be written");
    }
    data::ExampleFiles files;
    std::ifstream in(list);
    for (data::ExampleFile file;
         std::getline(in, file.importer, '\t') && std::getline(in, file.column_profile, '\t');) {
        std::string path;
        in >> file.records >> file.flawed >> file.digests >> file.elsewhere >> std::ws;
        std::getline(in, path);
        file.path = path;
        files.files.push_back(file);
    }
    return files;
}

void measure(fs::path const& folder, int years, bool one_file)
{
    std::printf("%s\n", one_file ? "one file" : "five files");
    std::fflush(stdout);
    auto const file = folder / "county.gpkg";
    for (auto const* const suffix : {"", "-wal", "-shm"})
        fs::remove(file.string() + suffix);
    auto const files = written_elsewhere(folder, years, one_file);
    auto const memory_before = benchmarks::peak_megabytes();

    ImportReport first;
    {
        Stopwatch const clock;
        auto const cpu = benchmarks::cpu_seconds();
        auto const store = must(create_store(file, must(load_profile("uppsala"))));
        first = import_all(*store, files);
        std::printf(
            "import      %llu rows, %llu kept: %.1f s wall, %.1f s CPU, peak %ld MB (%ld before), file %ju "
            "MB\n",
            static_cast<unsigned long long>(first.read), static_cast<unsigned long long>(first.kept()),
            clock.seconds(), benchmarks::cpu_seconds() - cpu, benchmarks::peak_megabytes(), memory_before,
            static_cast<std::uintmax_t>(fs::file_size(file) >> 20));
    }
    expect_all_in(first, files);
    {
        Stopwatch const clock;
        auto const store = must(open_store(file, Store::Access::read_only));
        auto const snapshot = must(store->snapshot());
        View const view{snapshot, Role::analyst};
        tiles::TileService service{view, {}};
        std::string token;
        for (auto const& layer : service.layers())
            if (layer.name == "incidents")
                token = layer.token;
        auto const tile = must(service.tile(
            {.layer = "incidents", .token = token, .view = view.policy().digest(), .id = {10, 562, 298}}));
        std::printf(
            "start       %zu incidents to the first tile (%zu bytes): %.2f s wall, snapshot %.1f MB\n",
            snapshot->size(), tile->identity.size(), clock.seconds(),
            static_cast<double>(snapshot->bytes()) / 1048576.0);
        if (tile->identity.empty())
            stop("the tile over Uppsala is empty");
    }
    {
        Stopwatch const clock;
        auto const store = must(open_store(file, Store::Access::read_write));
        auto const again = import_all(*store, files);
        std::printf("again       %llu rows, %llu kept: %.1f s wall\n",
                    static_cast<unsigned long long>(again.read),
                    static_cast<unsigned long long>(again.kept()), clock.seconds());
        if (again.kept() != 0)
            stop("importing the same files again kept something");
        auto const check = must(store->check(false));
        if (!check.findings.empty())
            stop("the check found: " + check.findings.front());
        if (check.reports != first.new_)
            stop("the store holds another number of reports than came in");
    }
    fs::remove(file);
}

/// In a process of its own, so that its peak memory is its own.
void measure_apart(fs::path const& folder, int years, bool one_file)
{
    std::fflush(stdout);
    if (auto const child = ::fork(); child == 0) {
        measure(folder, years, one_file);
        std::exit(0);
    } else {
        int status = 1;
        if (child < 0 || ::waitpid(child, &status, 0) < 0 || status != 0)
            std::exit(1);
    }
}

}  // namespace

int main(int argc, char** argv)
{
    auto const folder = argc > 1
                            ? fs::path{argv[1]}
                            : fs::temp_directory_path() / ("riskbild-import-" + std::to_string(::getpid()));
    auto const years = argc > 2 ? std::atoi(argv[2]) : 10;
    measure_apart(folder, years, true);
    measure_apart(folder, years, false);
    if (argc <= 1)
        fs::remove_all(folder);
    return 0;
}
