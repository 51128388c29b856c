#include "importers/readers/polygon_file.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include <fmt/format.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include "geo_core/area.hpp"
#include "geo_core/suggestions.hpp"
#include "geo_core/text.hpp"
#include "importers/readers/ogr_file.hpp"
#include "importers/readers/open_table.hpp"

namespace riskbild::importers {
namespace {

constexpr std::uint64_t kMostFeatures = 100'000;

struct DestroyTransformation {
    void operator()(OGRCoordinateTransformation* made) const { OGRCoordinateTransformation::DestroyCT(made); }
};

/// From a file's coordinate system to the county's metres, by way of degrees where it is another.
class Projection {
public:
    Projection(OGRSpatialReference const& from, Crs const& crs) : crs_(crs)
    {
        OGRSpatialReference own;
        own.importFromEPSG(crs.epsg());
        OGRSpatialReference source{from};
        for (auto* const system : {&own, &source})
            system->SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        is_own_ = source.IsSame(&own) != 0;
        OGRSpatialReference degrees;
        degrees.importFromEPSG(4326);
        degrees.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        if (!is_own_)
            to_degrees_.reset(OGRCreateCoordinateTransformation(&source, &degrees));
    }
    [[nodiscard]] bool is_possible() const { return is_own_ || to_degrees_; }
    [[nodiscard]] MapPoint metres(double x, double y) const
    {
        if (is_own_)
            return {x, y};
        return to_degrees_->Transform(1, &x, &y) ? crs_.metres({x, y}) : MapPoint{NAN, NAN};
    }

private:
    Crs crs_;
    bool is_own_ = false;
    std::unique_ptr<OGRCoordinateTransformation, DestroyTransformation> to_degrees_;
};

class ShapeReader {
public:
    explicit ShapeReader(Projection const& projection) : projection_(projection) {}

    void add(OGRGeometry const& geometry, MultiPolygon& shape)
    {
        auto const type = wkbFlatten(geometry.getGeometryType());
        if (type == wkbPolygon) {
            add_polygon(*geometry.toPolygon(), shape);
        } else if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) {
            for (auto const* const part : *geometry.toGeometryCollection())
                add(*part, shape);
        }
    }
    [[nodiscard]] std::uint64_t unclosed() const { return unclosed_; }

private:
    void add_polygon(OGRPolygon const& polygon, MultiPolygon& shape)
    {
        if (polygon.getExteriorRing() == nullptr)
            return;
        Polygon made{.outer = ring(*polygon.getExteriorRing()), .inners = {}};
        for (int i = 0; i < polygon.getNumInteriorRings(); ++i)
            made.inners.push_back(ring(*polygon.getInteriorRing(i)));
        shape.push_back(std::move(made));
    }

    Ring ring(OGRLinearRing const& from)
    {
        Ring points;
        for (int i = 0; i < from.getNumPoints(); ++i)
            points.push_back(projection_.metres(from.getX(i), from.getY(i)));
        if (points.size() > 1 && points.front() == points.back())
            points.pop_back();
        else
            ++unclosed_;
        return points;
    }

    Projection const& projection_;
    std::uint64_t unclosed_ = 0;
};

bool is_finite(MultiPolygon const& shape)
{
    auto const good = [](Ring const& ring) {
        for (auto const& p : ring)
            if (!std::isfinite(p.east) || !std::isfinite(p.north))
                return false;
        return true;
    };
    for (auto const& polygon : shape) {
        if (!good(polygon.outer))
            return false;
        for (auto const& inner : polygon.inners)
            if (!good(inner))
                return false;
    }
    return true;
}

PolygonFeature feature_of(OGRFeature& from, std::uint64_t row, ShapeReader* reader)
{
    PolygonFeature feature{.row = row};
    auto const* const definition = from.GetDefnRef();
    for (int i = 0; i < definition->GetFieldCount(); ++i)
        feature.fields.emplace_back(definition->GetFieldDefn(i)->GetNameRef(),
                                    from.IsFieldSetAndNotNull(i) ? from.GetFieldAsString(i) : "");
    std::unique_ptr<OGRGeometry> const geometry{
        from.GetGeometryRef() == nullptr ? nullptr : from.GetGeometryRef()->getLinearGeometry()};
    if (!geometry || reader == nullptr)
        return feature;
    reader->add(*geometry, feature.shape);
    if (feature.shape.empty())
        feature.fault = {"no_polygon", fmt::format("the geometry is a {}, expected a polygon",
                                                   geometry->getGeometryName())};
    else if (!is_finite(feature.shape)) {
        feature.fault = {"no_polygon", "the border has coordinates that are no place on earth"};
        feature.shape.clear();
    }
    return feature;
}

Failure too_many(std::string const& name)
{
    return fail(ErrorCode::too_large,
                fmt::format("{} has more than {} areas: is it the right layer", name, kMostFeatures));
}

Failure no_coordinate_system(std::string const& name)
{
    return fail(ErrorCode::unreadable,
                fmt::format("{} does not tell its coordinate system; add it (a .prj beside a Shapefile) or "
                            "convert it with ogr2ogr -a_srs",
                            name),
                "files");
}

// ---- which layers ----

struct Layers {
    std::vector<OGRLayer*> read;
    std::vector<std::string> not_looked_at;
};

bool is_of_polygons(OGRwkbGeometryType type)
{
    auto const flat = wkbFlatten(type);
    return OGR_GT_IsSubClassOf(flat, wkbSurface) != 0 || OGR_GT_IsSubClassOf(flat, wkbMultiSurface) != 0;
}

bool has_polygon(OGRGeometry const& geometry)
{
    if (wkbFlatten(geometry.getGeometryType()) != wkbGeometryCollection)
        return is_of_polygons(geometry.getGeometryType());
    auto const& parts = *geometry.toGeometryCollection();
    return std::any_of(parts.begin(), parts.end(),
                       [](OGRGeometry const* part) { return has_polygon(*part); });
}

// Where the layer does not tell, its features do.
bool has_polygons(OGRLayer& layer)
{
    auto const type = wkbFlatten(layer.GetGeomType());
    if (type != wkbUnknown && type != wkbGeometryCollection)
        return is_of_polygons(type) && layer.GetFeatureCount() > 0;
    layer.ResetReading();
    while (OGRFeatureUniquePtr const feature{layer.GetNextFeature()})
        if (feature->GetGeometryRef() != nullptr && has_polygon(*feature->GetGeometryRef()))
            return true;
    return false;
}

Failure ambiguous(std::string const& file, std::vector<OGRLayer*> const& layers)
{
    std::string listed;
    for (auto* const layer : layers)
        listed += fmt::format("{}{} ({} rows)", listed.empty() ? "" : ", ", layer->GetName(),
                              layer->GetFeatureCount());
    return fail(ErrorCode::wrong_use,
                fmt::format("{}: holds {} layers; name one with --layer: {}", file, layers.size(), listed),
                "layer");
}

Result<Layers> layer_named(OgrFile const& file, std::string const& wanted)
{
    std::vector<std::string> names;
    for (auto* const layer : file.dataset().GetLayers()) {
        if (wanted == layer->GetName())
            return Layers{.read = {layer}, .not_looked_at = {}};
        names.emplace_back(layer->GetName());
    }
    if (file.title() == "Shapefile" && names.size() == 1)
        return Layers{.read = {file.dataset().GetLayer(0)}, .not_looked_at = {}};  // named in the archive
    return fail(ErrorCode::wrong_use, fmt::format("{}: {}", file.name(), there_is_no("layer", wanted, names)),
                "layer");
}

Result<Layers> choose_layers(OgrFile const& file, FileFormat format, std::string const& wanted)
{
    if (!wanted.empty())
        return layer_named(file, wanted);
    if (file.dataset().GetLayerCount() == 1)
        return Layers{.read = {file.dataset().GetLayer(0)}, .not_looked_at = {}};
    std::vector<OGRLayer*> with_rows, with_polygons;
    for (auto* const layer : file.dataset().GetLayers()) {
        if (layer->GetFeatureCount() > 0)
            with_rows.push_back(layer);
        if (has_polygons(*layer))
            with_polygons.push_back(layer);
    }
    auto const& candidates = with_polygons.empty() ? with_rows : with_polygons;
    if (candidates.size() > 1 && (format != FileFormat::kml || with_polygons.empty()))
        return ambiguous(file.name(), candidates);
    Layers chosen{.read = candidates, .not_looked_at = {}};
    if (candidates.empty())
        chosen.read.push_back(file.dataset().GetLayer(0));
    for (auto* const layer : with_rows)
        if (std::ranges::find(chosen.read, layer) == chosen.read.end())
            chosen.not_looked_at.emplace_back(layer->GetName());
    return chosen;
}

// ---- reading ----

Result<void> read_layer(OGRLayer& layer, std::string const& name, Crs const& crs, PolygonFile& file)
{
    auto const* const definition = layer.GetLayerDefn();
    for (int i = 0; i < definition->GetFieldCount(); ++i)
        if (std::string field{definition->GetFieldDefn(i)->GetNameRef()};
            std::ranges::find(file.fields, field) == file.fields.end())
            file.fields.push_back(std::move(field));
    auto const* const system = layer.GetSpatialRef();
    auto const has_geometry = layer.GetGeomType() != wkbNone;
    std::unique_ptr<Projection> projection;
    std::unique_ptr<ShapeReader> reader;
    if (has_geometry && system == nullptr)
        return no_coordinate_system(name);
    if (has_geometry) {
        projection = std::make_unique<Projection>(*system, crs);
        if (!projection->is_possible())
            return fail(
                ErrorCode::unreadable,
                fmt::format("{}: the coordinate system {} cannot be converted", name, system->GetName()),
                "files");
        file.coordinate_system = system->GetName();
        reader = std::make_unique<ShapeReader>(*projection);
    }
    layer.ResetReading();
    while (OGRFeatureUniquePtr const feature{layer.GetNextFeature()}) {
        if (file.features.size() == kMostFeatures)
            return too_many(name);
        file.features.push_back(feature_of(*feature, file.features.size() + 1, reader.get()));
        file.features.back().layer = file.together.size();
    }
    file.unclosed += reader ? reader->unclosed() : 0;
    return {};
}

Result<PolygonFile> read_map(ByteSource& source, FileFormat format, Crs const& crs, std::string const& layer)
{
    auto const opened = OgrFile::open(source, format, layer);
    if (!opened)
        return Failure{opened.error()};
    GdalSettings const settings;
    GdalMessages const messages;
    if (opened->dataset().GetLayerCount() == 0)
        return fail(ErrorCode::unreadable, fmt::format("{} holds no layer", source.name()), "files");
    auto chosen = choose_layers(*opened, format, layer);
    if (!chosen)
        return Failure{chosen.error()};
    PolygonFile file{.format = opened->dataset().GetDriverName(),
                     .not_looked_at = std::move(chosen->not_looked_at)};
    for (auto* const each : chosen->read) {
        if (auto const read = read_layer(*each, source.name(), crs, file); !read)
            return Failure{read.error()};
        if (chosen->read.size() > 1)
            file.together.emplace_back(each->GetName());
    }
    if (!messages.first().empty())
        return fail(ErrorCode::unreadable,
                    fmt::format("{} is damaged: {}", source.name(), shortened(messages.first())), "files");
    return file;
}

PolygonFeature feature_of(RecordTable const& table)
{
    PolygonFeature feature{.row = table.row()};
    auto const fields = table.fields();
    for (std::size_t i = 0; i < fields.size(); ++i)
        feature.fields.emplace_back(column_name(table.columns(), i), fields[i]);
    feature.fault = table.fault();
    return feature;
}

// Codes and names without borders.
Result<PolygonFile> read_table(ByteSource& source, std::string const& layer)
{
    auto const table = open_table(source, {.csv = {}, .layer = layer, .limits = {}});
    if (!table)
        return Failure{table.error()};
    PolygonFile file{.fields = (*table)->columns()};
    if (std::ranges::any_of(file.fields, [](auto const& field) { return lower_case(field) == "wkt"; }))
        return no_coordinate_system(source.name());
    while (true) {
        auto const more = (*table)->next();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            break;
        if (file.features.size() == kMostFeatures)
            return too_many(source.name());
        file.features.push_back(feature_of(**table));
    }
    file.format = (*table)->form();
    return file;
}

}  // namespace

std::string_view PolygonFeature::field(std::string_view name) const
{
    for (auto const& [known, value] : fields)
        if (known == name)
            return value;
    return {};
}

Result<PolygonFile> read_polygon_file(std::string const& path, Crs const& crs, std::string const& layer)
{
    auto source = ByteSource::open(path);
    if (!source)
        return Failure{source.error()};
    auto const format = format_of(*source);
    if (!format)
        return Failure{format.error()};
    return *format == FileFormat::csv || is_spreadsheet(*format) ? read_table(*source, layer)
                                                                 : read_map(*source, *format, crs, layer);
}

}  // namespace riskbild::importers
