#include "tests/geo_core/store/store_world.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <map>
#include <sstream>

namespace riskbild::testing {

TestFolder::TestFolder()
{
    auto pattern = (std::filesystem::temp_directory_path() / "riskbild-store-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("no folder for the test: " + pattern);
    }
    path_ = pattern;
}

TestFolder::~TestFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Profile const& uppsala()
{
    static Profile const profile = must(load_profile("uppsala"));
    return profile;
}

Instant hour(int hours)
{
    return Instant{date::sys_days{date::year{2025} / 1 / 1}} + std::chrono::hours{hours};
}

Report told(std::string source_id, std::string says)
{
    Report report;
    report.key = {"police", std::move(source_id)};
    report.observed_at = hour(100);
    report.kind_code = "theft";
    report.occurred = {hour(0), hour(1)};
    report.place = AreaPlace{Precision::kommun, AreaId{0}};
    report.title = says;
    report.payload = fmt::format(R"({{"says":"{}"}})", says);
    return report;
}

Report at(Report report, double east, double north, Precision precision)
{
    report.place = PointPlace{{east, north}, precision, AreaId{0}};
    return report;
}

Report of_source(Report report, std::string source)
{
    report.key.source = std::move(source);
    return report;
}

Report quoting(Report report, std::string case_number)
{
    report.case_number = std::move(case_number);
    return report;
}

Report seen(Report report, int hours)
{
    report.observed_at = hour(hours);
    return report;
}

Report of_kind(Report report, std::string code)
{
    report.kind_code = std::move(code);
    return report;
}

Report during(Report report, int from_hour, int to_hour)
{
    report.occurred = {hour(from_hour), hour(to_hour)};
    return report;
}

Source source_named(std::string const& name)
{
    static std::map<std::string, Source> const known = {{"police", {"police", "Polisens händelser", 10}},
                                                        {"transit", {"transit", "Kollektivtrafiken", 20}},
                                                        {"shops", {"shops", "Butikerna", 30}}};
    auto const found = known.find(name);
    return found == known.end() ? Source{name, name, 50} : found->second;
}

void declare(Store& store, Source const& source)
{
    must(must(store.begin_import(source, "nothing"))->commit());
}

void declare_sources(Store& store)
{
    for (auto const* const name : {"police", "transit", "shops"}) {
        declare(store, source_named(name));
    }
}

std::vector<Taken> import_into(Store& store, std::vector<Report> const& reports)
{
    auto const source = reports.empty() ? "police" : reports.front().key.source;
    auto session = must(store.begin_import(source_named(source), std::string(source) + ".json"));
    std::vector<Taken> taken;
    for (auto const& report : reports) {
        taken.push_back(must(session->take(report)));
    }
    must(session->commit());
    return taken;
}

StoreWorld::StoreWorld() : store_(make("county.gpkg")) {}

std::unique_ptr<Store> StoreWorld::make(std::string const& name, store::StoreOptions const& options)
{
    auto made = must(store::create_geopackage_store(folder_.path() / name, uppsala(), options));
    declare_sources(*made);
    return made;
}

void StoreWorld::reopen(Store::Access access)
{
    store_.reset();
    store_ = must(open_store(file(), access));
}

std::vector<Taken> StoreWorld::import(std::vector<Report> const& reports)
{
    return import_into(*store_, reports);
}

std::string StoreWorld::dump_of(Store& store)
{
    std::ostringstream out;
    must(store.dump(out));
    return out.str();
}

std::int64_t StoreWorld::count(std::string const& sql)
{
    store::Connection connection(file(), store::Connection::Mode::read_write);
    return connection.integer(sql);
}

void StoreWorld::run_sql(std::string const& sql)
{
    store::Connection connection(file(), store::Connection::Mode::read_write);
    connection.execute(sql);
}

std::vector<std::string> StoreWorld::incident_lines()
{
    std::vector<std::string> lines;
    std::istringstream text(dump());
    for (std::string line; std::getline(text, line);) {
        if (line.starts_with("incident ")) {
            lines.push_back(line);
        }
    }
    return lines;
}

void StoreWorld::expect_sound()
{
    auto const report = must(store_->check(false));
    EXPECT_EQ(report.findings, std::vector<std::string>{});
}

}  // namespace riskbild::testing
