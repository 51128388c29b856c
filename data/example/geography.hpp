#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "geo_core/area.hpp"
#include "geo_core/crs.hpp"
#include "geo_core/profile.hpp"

namespace riskbild::data {

/// An urban area (tätort), thought of as a disc.
struct Town {
    std::string name;
    MapPoint centre;
    Metres radius;
    double population = 0.0;
};

/// Sea and lakes, for keeping made-up places dry. Metres in SWEREF 99 TM, generalised to 90 m.
class Water {
public:
    /// Reads rows `water_id,class,ring,vertex,east_m,north_m`.
    static Result<Water> read(std::filesystem::path const& file);
    [[nodiscard]] bool covers(MapPoint place) const;
    /// What the figures chart; beyond it they say nothing of land and water.
    [[nodiscard]] MapBox bounds() const { return bounds_; }

private:
    struct Edge {
        MapPoint a;
        MapPoint b;
        int body = 0;  // which sea or lake
    };
    std::vector<std::vector<Edge>> bands_;  // edges that touch each band of northings, southernmost first
    MapBox bounds_;
};

/// The county as the example needs it: its urban areas, kommuner and dry land.
class Geography {
public:
    /// Reads the figures of `uppsala`. \return ErrorCode::not_found or unreadable, naming the file.
    static Result<Geography> load();

    [[nodiscard]] std::vector<Town> const& towns() const { return towns_; }
    [[nodiscard]] AreaSet const& areas() const { return areas_; }
    [[nodiscard]] Profile const& profile() const { return profile_; }
    /// Within one of the kommuner and known to be land: not the outer sea, which the figures do not chart.
    [[nodiscard]] bool is_dry(MapPoint place) const;

private:
    Geography(Profile profile, AreaSet areas, Water water, std::vector<Town> towns);

    Profile profile_;
    AreaSet areas_;
    Water water_;
    std::vector<Town> towns_;
};

}  // namespace riskbild::data
