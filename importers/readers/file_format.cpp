#include "importers/readers/file_format.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "geo_core/area.hpp"
#include "geo_core/text.hpp"
#include "importers/readers/archive.hpp"

namespace riskbild::importers {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kBeginning = 4096;

Result<std::string> beginning_of(ByteSource& source)
{
    std::string bytes(kBeginning, '\0');
    std::size_t held = 0;
    while (held < bytes.size()) {
        auto const n = source.read({bytes.data() + held, bytes.size() - held});
        if (!n)
            return Failure{n.error()};
        if (*n == 0)
            break;
        held += *n;
    }
    bytes.resize(held);
    if (auto again = source.rewind(); !again)
        return Failure{again.error()};
    return bytes;
}

// What a binary file is, by the bytes it begins with.
std::optional<FileFormat> binary_format(std::string_view beginning)
{
    if (beginning.starts_with("SQLite format 3\0"sv))
        return FileFormat::geopackage;
    if (beginning.starts_with("fgb\x03"sv) || beginning.starts_with("fgb\x02"sv))
        return FileFormat::flatgeobuf;
    if (beginning.starts_with("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv))
        return FileFormat::xls;
    if (beginning.starts_with("\0\0\x27\x0a"sv))
        return FileFormat::shapefile;
    return std::nullopt;
}

std::string_view without_mark(std::string_view beginning)
{
    return trimmed(beginning.starts_with("\xef\xbb\xbf") ? beginning.substr(3) : beginning);
}

// Also a heading may stand in brackets; of an array or object, more is seen behind the bracket.
bool begins_as_json(std::string_view text)
{
    if (text.starts_with('\x1e'))  // RFC 8142
        return true;
    auto const opening = text.substr(0, 1);
    if (opening != "[" && opening != "{")
        return false;
    auto const behind = trimmed(text.substr(1)).substr(0, 1);
    return behind.empty() || std::string_view{opening == "[" ? "{[\"]0123456789" : "\"}"}.find(behind) !=
                                 std::string_view::npos;
}

// The name of the first element, without its prefix; the prefix `gml:` is kept in mind by its namespace.
std::string first_element(std::string_view text)
{
    std::size_t at = 0;
    while (true) {
        at = text.find('<', at);
        if (at == std::string_view::npos || at + 1 >= text.size())
            return {};
        if (text[at + 1] != '?' && text[at + 1] != '!')
            break;
        at += text.substr(at).starts_with("<!--") ? std::min(text.find("-->", at), text.size()) - at : 1;
    }
    auto name = text.substr(at + 1, std::min(text.find_first_of(" \t\r\n>/", at + 1), text.size()) - at - 1);
    name.remove_prefix(std::min(name.find(':') + 1, name.size()));
    return std::string{name};
}

Result<FileFormat> xml_format(ByteSource const& source, std::string_view text)
{
    auto const element = first_element(text);
    if (element == "kml")
        return FileFormat::kml;
    if (text.find("opengis.net/gml") != std::string_view::npos &&
        text.find("<!DOCTYPE") == std::string_view::npos)
        return FileFormat::gml;
    if (element == "OGRVRTDataSource" || element == "VRTDataset")
        return fail(
            ErrorCode::unreadable,
            fmt::format("{}: only names other files (VRT), which are not opened; give the file itself",
                        source.name()));
    return fail(ErrorCode::unreadable,
                fmt::format("{}: is XML ({}) that is neither KML nor GML; save the table as CSV",
                            source.name(), element.empty() ? "no element" : shortened(element)));
}

bool ends_with(std::string const& name, std::string_view ending)
{
    return lower_case(name).ends_with(ending);
}

// An archive of several files: what it is, its members tell.
Result<FileFormat> archive_format(ByteSource& source)
{
    auto const members = source.members();
    if (!members)
        return Failure{members.error()};
    auto const has = [&](std::string_view name) {
        return std::ranges::any_of(*members, [&](auto const& member) { return member.name == name; });
    };
    auto const has_ending = [&](std::string_view ending) {
        return std::ranges::any_of(*members,
                                   [&](auto const& member) { return ends_with(member.name, ending); });
    };
    if (has("xl/workbook.xml"))
        return FileFormat::xlsx;
    if (has("content.xml") && has("mimetype"))
        return FileFormat::ods;
    if (has_ending(".shp"))
        return FileFormat::shapefile;
    if (has("doc.kml"))
        return FileFormat::kml;
    if (members->empty())
        return fail(ErrorCode::unreadable, fmt::format("{}: is an empty ZIP archive", source.name()));
    return fail(ErrorCode::wrong_use,
                fmt::format("{}: holds several files; name one as {}/{}: {}", source.name(), source.name(),
                            members->front().name, listed(*members)),
                "files");
}

}  // namespace

Result<FileFormat> format_of(ByteSource& source)
{
    auto const beginning = beginning_of(source);
    if (!beginning)
        return Failure{beginning.error()};
    if (auto const format = binary_format(*beginning))
        return *format;
    if (packing_of(*beginning) == Packing::zip)
        return archive_format(source);
    auto const text = without_mark(*beginning);
    if (begins_as_json(text))
        return FileFormat::json;
    if (text.starts_with("<?xml") || text.starts_with("<kml") || text.starts_with("<OGRVRT") ||
        text.starts_with("<VRTDataset") || text.find("opengis.net/gml") != std::string_view::npos)
        return xml_format(source, text);
    return FileFormat::csv;
}

bool is_spreadsheet(FileFormat format)
{
    return format == FileFormat::xlsx || format == FileFormat::ods || format == FileFormat::xls;
}

}  // namespace riskbild::importers
