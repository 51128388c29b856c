#include "geo_core/crs.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <memory>

#include <fmt/format.h>
#include <proj.h>

namespace riskbild {
namespace {

struct DestroyContext {
    void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct DestroyPj {
    void operator()(PJ* pj) const { proj_destroy(pj); }
};
using Context = std::unique_ptr<PJ_CONTEXT, DestroyContext>;
using Transformation = std::unique_ptr<PJ, DestroyPj>;

Context quiet_context()
{
    Context context{proj_context_create()};
    proj_log_level(context.get(), PJ_LOG_NONE);
    proj_context_set_enable_network(context.get(), 0);
    return context;
}

// PROJ objects belong to one thread; each thread keeps those it has used. The context outlives them.
class Transformations {
public:
    // From degrees (east, north) to the coordinate system; null where PROJ does not know it.
    PJ* from_degrees_to(int epsg)
    {
        auto const found = by_epsg_.find(epsg);
        if (found != by_epsg_.end())
            return found->second.get();
        return by_epsg_.emplace(epsg, make(epsg)).first->second.get();
    }

private:
    Transformation make(int epsg) const
    {
        auto const code = fmt::format("EPSG:{}", epsg);
        Transformation raw{proj_create_crs_to_crs(context_.get(), "OGC:CRS84", code.c_str(), nullptr)};
        if (!raw)
            return {};
        return Transformation{proj_normalize_for_visualization(context_.get(), raw.get())};
    }

    Context context_ = quiet_context();
    std::map<int, Transformation> by_epsg_;
};

PJ* from_degrees_to(int epsg)
{
    thread_local Transformations transformations;
    return transformations.from_degrees_to(epsg);
}

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

template <class From, class To>
void transform(PJ* pj, PJ_DIRECTION direction, std::span<From const> from, std::span<To> to)
{
    static_assert(sizeof(From) == 2 * sizeof(double) && sizeof(To) == 2 * sizeof(double));
    if (from.empty())
        return;
    for (std::size_t i = 0; i < from.size(); ++i) {
        auto const [a, b] = from[i];
        to[i] = {a, b};
    }
    auto* const first = reinterpret_cast<double*>(to.data());
    proj_errno_reset(pj);
    proj_trans_generic(pj, direction, first, sizeof(To), to.size(), first + 1, sizeof(To), to.size(), nullptr,
                       0, 0, nullptr, 0, 0);
    for (auto& p : to) {
        auto& [a, b] = p;
        if (a == HUGE_VAL || b == HUGE_VAL)
            p = {kNan, kNan};
    }
}

bool is_projected_in_metres(int epsg)
{
    auto const context = quiet_context();
    Transformation const crs{proj_create(context.get(), fmt::format("EPSG:{}", epsg).c_str())};
    if (!crs || proj_get_type(crs.get()) != PJ_TYPE_PROJECTED_CRS)
        return false;
    Transformation const axes{proj_crs_get_coordinate_system(context.get(), crs.get())};
    double to_metre = 0.0;
    return axes &&
           proj_cs_get_axis_info(context.get(), axes.get(), 0, nullptr, nullptr, nullptr, &to_metre, nullptr,
                                 nullptr, nullptr) &&
           to_metre == 1.0;
}

}  // namespace

Result<Crs> Crs::from_epsg(int code)
{
    if (!is_projected_in_metres(code) || from_degrees_to(code) == nullptr)
        return fail(
            ErrorCode::wrong_use,
            fmt::format("EPSG:{} is not a projected coordinate system in metres that PROJ knows", code),
            "epsg");
    return Crs{code};
}

MapPoint Crs::metres(LngLat place) const
{
    MapPoint result;
    metres({&place, 1}, {&result, 1});
    return result;
}

LngLat Crs::degrees(MapPoint place) const
{
    LngLat result;
    degrees({&place, 1}, {&result, 1});
    return result;
}

void Crs::metres(std::span<LngLat const> from, std::span<MapPoint> to) const
{
    transform(from_degrees_to(epsg_), PJ_FWD, from, to);
}

void Crs::degrees(std::span<MapPoint const> from, std::span<LngLat> to) const
{
    transform(from_degrees_to(epsg_), PJ_INV, from, to);
}

std::string Crs::wkt() const
{
    auto const context = quiet_context();
    Transformation const crs{proj_create(context.get(), fmt::format("EPSG:{}", epsg_).c_str())};
    char const* const options[] = {"MULTILINE=NO", nullptr};
    auto const* text = proj_as_wkt(context.get(), crs.get(), PJ_WKT1_GDAL, options);
    return text ? text : "";
}

Result<void> to_degrees(int from_epsg, std::span<MapPoint const> from, std::span<LngLat> to)
{
    auto* const pj = from_degrees_to(from_epsg);
    if (pj == nullptr)
        return fail(ErrorCode::wrong_use,
                    fmt::format("EPSG:{} is not a coordinate system that PROJ knows", from_epsg), "epsg");
    transform(pj, PJ_INV, from, to);
    return {};
}

}  // namespace riskbild
