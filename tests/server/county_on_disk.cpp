#include "tests/server/county_on_disk.hpp"

#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "geo_core/store/store.hpp"

namespace riskbild::server::testing {
namespace {

template <class T>
T must(Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().message);
    if constexpr (!std::is_void_v<T>)
        return *std::move(result);
}

Report report(std::string id, int day, std::string kind)
{
    Report made;
    made.key = {"police", std::move(id)};
    made.observed_at = *parse_instant("2026-01-01T00:00:00Z");
    made.kind_code = std::move(kind);
    made.occurred.from = *parse_instant("2025-03-01T10:00:00Z") + std::chrono::hours(24 * day);
    made.occurred.to = made.occurred.from + std::chrono::minutes(1);
    made.title = "Title";
    made.text = "Text with <b>markup</b> & \"quotes\"";
    made.payload = fmt::format("{{\"id\":\"{}\"}}", made.key.source_id);
    return made;
}

Report at_point(Report made, Store& store, double lng, double lat, std::string address)
{
    auto const county = store.county();
    auto const point = county->profile.crs.metres(LngLat{lng, lat});
    made.place = PointPlace{point, Precision::address, county->areas.at(point)};
    made.place_text = std::move(address);
    return made;
}

std::vector<Report> beginning(Store& store)
{
    std::vector<Report> reports;
    for (auto i = 0; i < 5; ++i)
        reports.push_back(at_point(report(fmt::format("repeat-{}", i), i * 10, "theft"), store, 17.6389,
                                   59.8586, "Stora torget 1"));
    for (auto i = 0; i < 4; ++i)
        reports.push_back(at_point(report(fmt::format("row-{}", i), i, "damage.graffiti"), store,
                                   17.64 + 0.01 * i, 59.86, "Vaksalagatan"));
    for (auto i = 0; i < 2; ++i) {
        auto made = report(fmt::format("kommun-{}", i), 3 + i, "theft");
        made.place = AreaPlace{Precision::kommun, store.county()->areas.by_code("0381")};
        made.place_text = "Enköping";
        reports.push_back(std::move(made));
    }
    auto const kinds = store.county()->kinds.kinds();
    for (auto const& kind : kinds)
        if (kind.is_protected) {
            reports.push_back(
                at_point(report("protected", 7, kind.code), store, 17.65, 59.85, "Hemliga gatan 1"));
            break;
        }
    return reports;
}

void import(Store& store, std::vector<Report> const& reports)
{
    auto const session = must(store.begin_import({"police", "Polisens händelser", 10}, "made-up"));
    for (auto const& one : reports)
        must(session->take(one));
    must(session->commit());
}

}  // namespace

CountyOnDisk::CountyOnDisk()
{
    auto name = (std::filesystem::temp_directory_path() / "riskbild-server-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error("cannot make a folder for the test");
    folder_ = name;
    auto const made = must(create_store(store(), must(load_profile("uppsala"))));
    import(*made, beginning(*made));
}

CountyOnDisk::~CountyOnDisk()
{
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void CountyOnDisk::add_incident(std::string const& source_id) const
{
    auto const opened = must(open_store(store(), Store::Access::read_write));
    import(*opened, {at_point(report(source_id, 60, "theft"), *opened, 17.7, 59.9, "Ny gata 1")});
}

void CountyOnDisk::tell_again(std::string const& source_id) const
{
    auto const opened = must(open_store(store(), Store::Access::read_write));
    auto told = at_point(report(source_id, 0, "theft"), *opened, 17.6389, 59.8586, "Stora torget 1");
    told.key.source = "shops";
    auto const session = must(opened->begin_import({"shops", "Butiker", 30}, "made-up"));
    must(session->take(told));
    must(session->commit());
}

void CountyOnDisk::set_aside(int rows, std::string const& file) const
{
    auto const opened = must(open_store(store(), Store::Access::read_write));
    auto const session = must(opened->begin_import({"police", "Polisens händelser", 10}, file));
    must(session->read_by(R"({"importer":"police"})"));
    for (auto i = 1; i <= rows; ++i)
        must(session->set_aside(
            {"police", file, static_cast<std::uint64_t>(i), "datetime", "bad_time", "datetime is not a time",
             fmt::format(R"({{"datetime":"","id":{},"location":{{"gps":"59.7,17.8","name":"Knivsta"}},)"
                         R"("name":"","summary":"","type":"","url":"/a"}})",
                         i)}));
    must(session->commit());
}

}  // namespace riskbild::server::testing
