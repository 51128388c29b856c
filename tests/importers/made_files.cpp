#include "made_files.hpp"

#include <memory>
#include <stdexcept>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

namespace riskbild::importers {
namespace {

la_ssize_t append(archive*, void* to, void const* bytes, std::size_t size)
{
    static_cast<std::string*>(to)->append(static_cast<char const*>(bytes), size);
    return static_cast<la_ssize_t>(size);
}

struct FreeArchive {
    void operator()(archive* a) const { archive_write_free(a); }
};
using Writer = std::unique_ptr<archive, FreeArchive>;

void add(archive* to, std::string const& name, std::string_view bytes)
{
    auto* const entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    if (archive_write_header(to, entry) != ARCHIVE_OK)
        throw std::runtime_error{archive_error_string(to)};
    archive_write_data(to, bytes.data(), bytes.size());
    archive_entry_free(entry);
}

std::string column_name(std::size_t column)
{
    return std::string(1, static_cast<char>('A' + column));
}

std::string cell_xml(std::string const& reference, std::string const& cell)
{
    if (cell.empty())
        return {};
    if (cell.front() == '=')
        return fmt::format("<c r=\"{}\"><f>1+1</f><v>{}</v></c>", reference, cell.substr(1));
    if (cell.front() == '#')
        return fmt::format("<c r=\"{}\" s=\"1\"><v>{}</v></c>", reference, cell.substr(1));
    auto const is_number = cell.find_first_not_of("0123456789.-") == std::string::npos;
    if (is_number)
        return fmt::format("<c r=\"{}\"><v>{}</v></c>", reference, cell);
    return fmt::format("<c r=\"{}\" t=\"inlineStr\"><is><t>{}</t></is></c>", reference, cell);
}

std::string sheet_xml(Cells const& cells, std::string const& merged)
{
    std::string rows;
    for (std::size_t r = 0; r < cells.size(); ++r) {
        std::string row;
        for (std::size_t c = 0; c < cells[r].size(); ++c)
            row += cell_xml(column_name(c) + std::to_string(r + 1), cells[r][c]);
        rows += fmt::format("<row r=\"{}\">{}</row>", r + 1, row);
    }
    auto const merge =
        merged.empty() ? std::string{}
                       : fmt::format("<mergeCells count=\"1\"><mergeCell ref=\"{}\"/></mergeCells>", merged);
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet "
        "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{}</sheetData>{}"
        "</worksheet>",
        rows, merge);
}

}  // namespace

std::string zip_of(Members const& members)
{
    std::string bytes;
    Writer const writer{archive_write_new()};
    archive_write_set_format_zip(writer.get());
    archive_write_set_bytes_per_block(writer.get(), 0);
    archive_write_open(writer.get(), &bytes, nullptr, append, nullptr);
    for (auto const& [name, content] : members)
        add(writer.get(), name, content);
    archive_write_close(writer.get());
    return bytes;
}

std::string packed(std::string_view plain, Packer packer)
{
    std::string bytes;
    Writer const writer{archive_write_new()};
    archive_write_set_format_raw(writer.get());
    if (packer == Packer::bzip2)
        archive_write_add_filter_bzip2(writer.get());
    else if (packer == Packer::xz)
        archive_write_add_filter_xz(writer.get());
    else
        archive_write_add_filter_zstd(writer.get());
    archive_write_set_bytes_per_block(writer.get(), 0);
    archive_write_open(writer.get(), &bytes, nullptr, append, nullptr);
    add(writer.get(), "x", plain);
    archive_write_close(writer.get());
    return bytes;
}

std::string xlsx_of(std::vector<std::pair<std::string, Cells>> const& sheets, std::string const& merged)
{
    std::string types, list, relations;
    Members members;
    for (std::size_t i = 1; i <= sheets.size(); ++i) {
        types += fmt::format(
            "<Override PartName=\"/xl/worksheets/sheet{}.xml\" ContentType=\"application/"
            "vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>",
            i);
        list += fmt::format("<sheet name=\"{}\" sheetId=\"{}\" r:id=\"rId{}\"/>", sheets[i - 1].first, i, i);
        relations += fmt::format(
            "<Relationship Id=\"rId{0}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
            "relationships/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>",
            i);
        members.emplace_back(fmt::format("xl/worksheets/sheet{}.xml", i),
                             sheet_xml(sheets[i - 1].second, merged));
    }
    std::string const head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    members.emplace_back(
        "[Content_Types].xml",
        head +
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
            "Extension=\"rels\" "
            "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default "
            "Extension=\"xml\" "
            "ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" "
            "ContentType=\"application/"
            "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>" +
            types + "</Types>");
    members.emplace_back(
        "_rels/.rels",
        head +
            "<Relationships "
            "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
            "Id=\"rId1\" "
            "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
            "Target=\"xl/workbook.xml\"/></Relationships>");
    members.emplace_back(
        "xl/workbook.xml",
        head +
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
            "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>" +
            list + "</sheets></workbook>");
    members.emplace_back(
        "xl/_rels/workbook.xml.rels",
        head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
            relations +
            "<Relationship Id=\"rId99\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
            "relationships/styles\" Target=\"styles.xml\"/></Relationships>");
    // Style 1 is Excel's built-in date and time (ECMA-376 part 1, 18.8.30: 22 is m/d/yy h:mm).
    members.emplace_back(
        "xl/styles.xml",
        head +
            "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
            "<cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>");
    return zip_of(members);
}

namespace {

// The file that there is, or a new one.
GDALDataset* open_or_make(std::filesystem::path const& file, char const* driver)
{
    GDALAllRegister();
    auto* const manager = GetGDALDriverManager()->GetDriverByName(driver);
    auto const name = file.string();
    auto* const made = std::filesystem::exists(file)
                           ? GDALDataset::Open(name.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE)
                           : manager->Create(name.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
    return made == nullptr ? throw std::runtime_error{"GDAL cannot make " + name} : made;
}

}  // namespace

void write_layer(std::filesystem::path const& file, char const* driver, char const* layer, int epsg,
                 std::vector<MapPointRow> const& rows, bool with_geometry)
{
    auto* const made = open_or_make(file, driver);
    OGRSpatialReference crs;
    if (epsg != 0)
        crs.importFromEPSG(epsg);
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    auto* const target =
        made->CreateLayer(layer, epsg != 0 ? &crs : nullptr, with_geometry ? wkbPoint : wkbNone, nullptr);
    for (auto const& [field, ignored] : rows.front().fields) {
        OGRFieldDefn definition{field.c_str(), OFTString};
        target->CreateField(&definition);
    }
    for (auto const& row : rows) {
        auto const feature = OGRFeatureUniquePtr{OGRFeature::CreateFeature(target->GetLayerDefn())};
        for (auto const& [field, value] : row.fields)
            feature->SetField(field.c_str(), value.c_str());
        OGRPoint const point{row.x, row.y};
        if (with_geometry)
            feature->SetGeometry(&point);
        if (target->CreateFeature(feature.get()) != OGRERR_NONE)
            throw std::runtime_error{"GDAL cannot write " + file.string()};
    }
    GDALClose(made);
}

void copy_layer(std::filesystem::path const& from, std::filesystem::path const& to, char const* driver,
                char const* layer)
{
    auto* const made = open_or_make(to, driver);
    auto* const source = GDALDataset::Open(from.c_str(), GDAL_OF_VECTOR);
    if (source == nullptr || made->CopyLayer(source->GetLayer(0), layer) == nullptr)
        throw std::runtime_error{"GDAL cannot write " + to.string()};
    GDALClose(source);
    GDALClose(made);
}

}  // namespace riskbild::importers
