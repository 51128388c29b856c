#include "tests/support/made_up_county.hpp"

namespace riskbild::testing {
namespace {

Area square(std::string code, std::string name, double east, double north, std::int64_t population)
{
    auto const x = kCorner.east + east;
    auto const y = kCorner.north + north;
    constexpr auto side = 10'000.0;
    return {std::move(code),
            std::move(name),
            {{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}, {}}},
            population,
            2023};
}

constexpr auto kProfile = R"(
title.sv = "Provlän"
title.en = "Test county"
county_name = "Provlän"
epsg = 3006
time_zone = "Europe/Stockholm"
accepted_box = [17.0, 59.0, 19.0, 61.0]
[areas]
title = "kommuner"
source = "made up"
generalised_m = 0
)";

constexpr auto kKinds = R"(
kind = [
  { code = "unknown", sv = "Okänt", en = "Unknown", crime = false },
  { code = "damage", sv = "Skadegörelse", en = "Damage" },
  { code = "sexual", sv = "Sexualbrott", en = "Sexual offence", protected = true },
  { code = "sexual.rape", sv = "Våldtäkt", en = "Rape" },
  { code = "theft", sv = "Stöld", en = "Theft" },
  { code = "theft.bicycle", sv = "Cykelstöld", en = "Bicycle theft" },
]
)";

}  // namespace

std::shared_ptr<County const> made_up_county()
{
    static auto const county = std::make_shared<County const>(County{
        .profile = parse_profile(kProfile, "provlan").value(),
        .areas = AreaSet{"kommuner",
                         "made up",
                         Metres{0.0},
                         {square("01", "Syd Väst", 0, 0, 10'000), square("02", "Syd Öst", 10'000, 0, 20'000),
                          square("03", "Nord Väst", 0, 10'000, 5'000),
                          square("04", "Nord Öst", 10'000, 10'000, 0)}},
        .kinds = KindTree::from_toml(kKinds, "kinds").value(),
        .sources = {{.name = "a", .title = "A", .rank = 1}, {.name = "b", .title = "B", .rank = 2}},
        .epoch = "test"});
    return county;
}

std::shared_ptr<Snapshot const> made_up_snapshot(std::vector<MadeUp> const& incidents, Revision revision)
{
    auto const county = made_up_county();
    std::vector<SnapshotRow> rows;
    for (auto const& made : incidents) {
        auto const midnight = county->profile.zone.instant(LocalTime{parse_date(made.day).value()});
        SnapshotRow row{.id = IncidentId{made.id != 0 ? made.id : static_cast<std::int64_t>(rows.size()) + 1},
                        .from = midnight + std::chrono::hours{made.hour},
                        .sources = made.sources,
                        .kind = county->kinds.by_code(made.kind).value(),
                        .precision = made.precision};
        row.to = row.from + std::chrono::minutes{made.length_minutes};
        if (is_point(made.precision))
            row.point = {kCorner.east + made.east, kCorner.north + made.north};
        row.area = !made.area.empty()         ? county->areas.by_code(made.area)
                   : is_point(made.precision) ? county->areas.at(row.point)
                                              : kNoArea;
        rows.push_back(row);
    }
    return Snapshot::build(county, revision, std::move(rows));
}

View made_up_view(std::vector<MadeUp> const& incidents, Role role)
{
    return View{made_up_snapshot(incidents), role};
}

}  // namespace riskbild::testing
