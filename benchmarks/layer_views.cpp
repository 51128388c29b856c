#include "benchmarks/layer_views.hpp"

#include <cmath>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "geo_core/profile.hpp"

namespace riskbild::benchmarks {

View view_of(TimedPoints const& points)
{
    auto profile = load_profile("uppsala");
    if (!profile) {
        throw std::runtime_error{profile.error().message};
    }
    auto areas = load_areas(*profile);
    if (!areas) {
        throw std::runtime_error{areas.error().message};
    }
    std::ifstream file{data_directory() / "kinds" / "kinds.toml"};
    auto kinds = KindTree::from_toml(std::string{std::istreambuf_iterator<char>{file}, {}}, "kinds.toml");
    if (!kinds) {
        throw std::runtime_error{kinds.error().message};
    }
    auto const theft = kinds->by_code("theft").value();
    Instant const start{date::sys_days{date::year{2022} / 1 / 1}};
    std::vector<SnapshotRow> rows;
    rows.reserve(points.east.size());
    for (std::size_t i = 0; i < points.east.size(); ++i) {
        SnapshotRow row;
        row.id = IncidentId{static_cast<std::int64_t>(i) + 1};
        row.from = start + std::chrono::seconds{std::llround(points.day[i] * 86400.0)};
        row.to = row.from + std::chrono::minutes{1};
        row.point = {points.east[i], points.north[i]};
        row.sources = 1;
        row.kind = theft;
        row.area = areas->at(row.point);
        row.precision = Precision::exact;
        rows.push_back(row);
    }
    auto county = std::make_shared<County const>(County{std::move(*profile),
                                                        std::move(*areas),
                                                        std::move(*kinds),
                                                        {{.name = "made-up", .title = "Made up"}},
                                                        "benchmark"});
    return View{Snapshot::build(std::move(county), Revision{1}, std::move(rows)), Role::analyst};
}

}  // namespace riskbild::benchmarks
