#pragma once

#include <memory>
#include <string>
#include <vector>

#include "geo_core/snapshot.hpp"
#include "geo_core/view.hpp"

namespace riskbild::testing {

/// A county of four square areas of 10 km (codes 01 south-west, 02 south-east, 03 north-west, 04 north-east)
/// around `kCorner` in SWEREF 99 TM, kinds theft, theft.bicycle, damage, sexual (protected), sources a and b.
inline constexpr MapPoint kCorner{640'000.0, 6'630'000.0};

std::shared_ptr<County const> made_up_county();

/// One incident at `kCorner` + (east, north) metres, at local midnight of the day plus hours.
struct MadeUp {
    double east = 0.0;
    double north = 0.0;
    std::string day = "2025-03-10";  // a Monday
    int hour = 12;
    std::string kind = "theft";
    Precision precision = Precision::exact;
    std::string area{};  // code; empty: the area of the point, none for lan
    int length_minutes = 1;
    std::uint64_t sources = 1;
    std::int64_t id = 0;  // 0: its place in the list, from 1
};

std::shared_ptr<Snapshot const> made_up_snapshot(std::vector<MadeUp> const& incidents,
                                                 Revision revision = Revision{1});
View made_up_view(std::vector<MadeUp> const& incidents, Role role = Role::analyst);

}  // namespace riskbild::testing
