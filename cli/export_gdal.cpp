#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include "cli/export_formats.hpp"
#include "cli/new_file.hpp"
#include "server/json_text.hpp"

namespace riskbild::cli {
namespace {

void CPL_STDCALL keep_first_error(CPLErr level, CPLErrorNum, char const* message)
{
    auto& first = *static_cast<std::string*>(CPLGetErrorHandlerUserData());
    if (level >= CE_Failure && first.empty())
        first = message;
}

/// GDAL reports through a handler, and some failures only when a file is closed: what went wrong first
/// while this lives is what is said.
class GdalErrors {
public:
    GdalErrors() { CPLPushErrorHandlerEx(&keep_first_error, &first_); }
    ~GdalErrors() { CPLPopErrorHandler(); }
    GdalErrors(GdalErrors const&) = delete;
    GdalErrors& operator=(GdalErrors const&) = delete;

    void add(std::string message)
    {
        if (first_.empty())
            first_ = std::move(message);
    }

    [[nodiscard]] Result<void> outcome() const
    {
        if (first_.empty())
            return {};
        return fail(ErrorCode::unwritable, fmt::format("writing failed: {}", first_));
    }

private:
    std::string first_;
};

/// A file in memory while GDAL makes it. Not every driver of GDAL notices that a disk is full (GeoJSON does
/// not: half a file would pass for a whole one), so the finished bytes are written by our own hand.
class MemoryFile {
public:
    explicit MemoryFile(std::filesystem::path const& file) : path_("/vsimem/" + file.filename().string()) {}
    ~MemoryFile() { VSIUnlink(path_.c_str()); }
    MemoryFile(MemoryFile const&) = delete;
    MemoryFile& operator=(MemoryFile const&) = delete;

    [[nodiscard]] char const* path() const { return path_.c_str(); }
    Result<void> write_to(std::filesystem::path const& file) const
    {
        vsi_l_offset size = 0;
        auto const* const bytes = VSIGetMemFileBuffer(path_.c_str(), &size, FALSE);
        if (bytes == nullptr)
            return fail(ErrorCode::internal, "the export came to nothing");
        FileWriter writer(file);
        writer.write({reinterpret_cast<char const*>(bytes), static_cast<std::size_t>(size)});
        return writer.finish();
    }

private:
    std::string path_;
};

GDALDriver* driver(char const* name)
{
    static std::once_flag once;
    std::call_once(once, [] { GDALAllRegister(); });
    return GetGDALDriverManager()->GetDriverByName(name);
}

OGRSpatialReference reference_of(int epsg)
{
    OGRSpatialReference reference;
    reference.importFromEPSG(epsg);
    reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    return reference;
}

/// Metres of the store, or the degrees of the same place.
class Placer {
public:
    explicit Placer(Crs const* crs) : crs_(crs) {}
    void operator()(MapPoint const& place, double& x, double& y) const
    {
        x = place.east;
        y = place.north;
        if (crs_ == nullptr)
            return;
        auto const degrees = crs_->degrees(place);
        x = degrees.lng;
        y = degrees.lat;
    }

private:
    Crs const* crs_;  // null: stay in metres
};

std::unique_ptr<OGRLinearRing> ring_of(Ring const& ring, Placer const& place)
{
    auto made = std::make_unique<OGRLinearRing>();
    double x = 0.0, y = 0.0;
    for (auto const& vertex : ring) {
        place(vertex, x, y);
        made->addPoint(x, y);
    }
    made->closeRings();
    return made;
}

std::unique_ptr<OGRGeometry> geometry_of(ExportTable::Shape const& shape, Placer const& place)
{
    if (auto const* const point = std::get_if<MapPoint>(&shape)) {
        double x = 0.0, y = 0.0;
        place(*point, x, y);
        return std::make_unique<OGRPoint>(x, y);
    }
    if (auto const* const line = std::get_if<std::vector<MapPoint>>(&shape)) {
        auto made = std::make_unique<OGRLineString>();
        double x = 0.0, y = 0.0;
        for (auto const& vertex : *line) {
            place(vertex, x, y);
            made->addPoint(x, y);
        }
        return made;
    }
    auto const* const polygons = std::get_if<MultiPolygon>(&shape);
    if (polygons == nullptr)
        return nullptr;
    auto many = std::make_unique<OGRMultiPolygon>();
    for (auto const& polygon : *polygons) {
        OGRPolygon one;
        one.addRingDirectly(ring_of(polygon.outer, place).release());
        for (auto const& inner : polygon.inners)
            one.addRingDirectly(ring_of(inner, place).release());
        many->addGeometry(&one);
    }
    return many;
}

OGRwkbGeometryType geometry_type(ExportTable const& table)
{
    if (table.shapes.empty())
        return wkbNone;
    if (std::holds_alternative<std::vector<MapPoint>>(table.shapes.front()))
        return wkbLineString;
    return std::holds_alternative<MapPoint>(table.shapes.front()) ? wkbPoint : wkbMultiPolygon;
}

void create_fields(OGRLayer& layer, ExportTable const& table)
{
    for (auto const& column : table.columns) {
        auto const type = column.type == ExportTable::Type::whole  ? OFTInteger64
                          : column.type == ExportTable::Type::real ? OFTReal
                                                                   : OFTString;
        OGRFieldDefn field(column.name.c_str(), type);
        layer.CreateField(&field);
    }
}

void add_rows(OGRLayer& layer, ExportTable const& table, Placer const& place, GdalErrors& errors)
{
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        OGRFeature feature(layer.GetLayerDefn());
        for (std::size_t column = 0; column < table.columns.size(); ++column) {
            auto const index = static_cast<int>(column);
            auto const& cell = table.rows[i][column];
            if (auto const* const number = std::get_if<std::int64_t>(&cell))
                feature.SetField(index, static_cast<GIntBig>(*number));
            else if (auto const* const real = std::get_if<double>(&cell))
                feature.SetField(index, *real);
            else if (auto const* const text = std::get_if<std::string>(&cell))
                feature.SetField(index, text->c_str());
        }
        if (!table.shapes.empty())
            feature.SetGeometryDirectly(geometry_of(table.shapes[i], place).release());
        if (layer.CreateFeature(&feature) != OGRERR_NONE)
            return errors.add("a row was refused");
    }
}

CPLStringList strings_of(Facts const& facts)
{
    CPLStringList list;
    for (auto const& [name, value] : facts)
        list.SetNameValue(name.c_str(), value.c_str());
    return list;
}

struct VectorFormat {
    char const* driver;
    CPLStringList layer_options;
    bool in_degrees;
    bool keeps_layer_metadata;
};

void add_layer(GDALDataset& dataset, ExportTable const& table, Crs const& crs, VectorFormat const& format,
               GdalErrors& errors)
{
    auto reference = reference_of(format.in_degrees ? 4326 : crs.epsg());
    auto layer_options = format.layer_options;
    auto* const layer =
        dataset.CreateLayer(table.name.c_str(), &reference, geometry_type(table), layer_options.List());
    if (layer == nullptr)
        return errors.add(fmt::format("the layer {} could not be made", table.name));
    create_fields(*layer, table);
    add_rows(*layer, table, Placer(format.in_degrees ? &crs : nullptr), errors);
    if (format.keeps_layer_metadata)
        layer->SetMetadata(strings_of(table.facts).List());
}

Result<void> write_vector(std::vector<ExportTable> const& tables, Crs const& crs,
                          std::filesystem::path const& file, VectorFormat const& format)
{
    MemoryFile const memory(file);
    GdalErrors errors;
    {
        GDALDatasetUniquePtr const dataset(
            driver(format.driver)->Create(memory.path(), 0, 0, 0, GDT_Unknown, nullptr));
        if (!dataset)
            return errors.outcome();
        dataset->StartTransaction();
        for (auto const& table : tables)
            add_layer(*dataset, table, crs, format, errors);
        dataset->CommitTransaction();
        dataset->FlushCache(true);
    }
    if (auto const made = errors.outcome(); !made)
        return made;
    return memory.write_to(file);
}

/// A row at a time, from the north: our own rows begin in the south.
void write_band(GDALRasterBand& raster, Lattice const& lattice, layers::Band const& band, GdalErrors& errors)
{
    raster.SetDescription(band.quantity.key.c_str());
    raster.SetUnitType(band.quantity.unit.c_str());
    raster.SetNoDataValue(std::numeric_limits<double>::quiet_NaN());
    std::vector<double> line(static_cast<std::size_t>(lattice.cols));
    for (std::int32_t row = 0; row < lattice.rows; ++row) {
        auto const south = static_cast<std::size_t>(lattice.rows - 1 - row) * line.size();
        line.assign(band.values.begin() + static_cast<std::ptrdiff_t>(south),
                    band.values.begin() + static_cast<std::ptrdiff_t>(south + line.size()));
        if (raster.RasterIO(GF_Write, 0, row, lattice.cols, 1, line.data(), lattice.cols, 1, GDT_Float64, 0,
                            0, nullptr) != CE_None)
            return errors.add("a row of cells was refused");
    }
}

}  // namespace

Result<void> write_geotiff(layers::LayerResult const& result, County const& county,
                           std::filesystem::path const& file)
{
    auto const& [lattice, bands] = *result.grid;
    auto const bounds = lattice.bounds();
    MemoryFile const memory(file);
    GdalErrors errors;
    {
        CPLStringList options;
        options.SetNameValue("COMPRESS", "DEFLATE");
        options.SetNameValue("PREDICTOR", "3");
        options.SetNameValue("TILED", "YES");
        options.SetNameValue("INTERLEAVE", "BAND");
        options.SetNameValue("BIGTIFF", "IF_SAFER");
        GDALDatasetUniquePtr const dataset(driver("GTiff")->Create(memory.path(), lattice.cols, lattice.rows,
                                                                   static_cast<int>(bands.size()),
                                                                   GDT_Float64, options.List()));
        if (!dataset)
            return errors.outcome();
        double transform[6] = {bounds.min.east,      lattice.cell.value(), 0.0, bounds.max.north, 0.0,
                               -lattice.cell.value()};
        dataset->SetGeoTransform(transform);
        auto const reference = reference_of(county.profile.crs.epsg());
        dataset->SetSpatialRef(&reference);
        dataset->SetMetadata(strings_of(facts_of(result.info, county)).List());
        for (std::size_t i = 0; i < bands.size(); ++i)
            write_band(*dataset->GetRasterBand(static_cast<int>(i) + 1), lattice, bands[i], errors);
        dataset->FlushCache(true);
    }
    if (auto const made = errors.outcome(); !made)
        return made;
    return memory.write_to(file);
}

Result<void> write_geopackage(std::vector<ExportTable> const& tables, Crs const& crs,
                              std::filesystem::path const& file)
{
    return write_vector(tables, crs, file, {"GPKG", {}, false, true});
}

Result<void> write_geojson(ExportTable const& table, Crs const& crs, std::filesystem::path const& file)
{
    // Foreign members of the collection: GDAL copies them from "native data", as if they had been read.
    server::JsonText members;
    members.object([&] {
        members.field("type", "FeatureCollection");
        members.object("riskbild", [&] {
            for (auto const& [name, value] : table.facts)
                members.field(name, value);
        });
    });
    CPLStringList options;
    options.SetNameValue("RFC7946", "YES");
    options.SetNameValue("NATIVE_MEDIA_TYPE", "application/vnd.geo+json");
    options.SetNameValue("NATIVE_DATA", members.text().c_str());
    return write_vector({table}, crs, file, {"GeoJSON", options, true, false});
}

}  // namespace riskbild::cli
