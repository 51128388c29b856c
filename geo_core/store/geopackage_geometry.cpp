#include "geo_core/store/geopackage_geometry.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

static_assert(std::endian::native == std::endian::little,
              "blobs are written in the machine's own byte order");

namespace riskbild::store {

namespace {

constexpr std::uint32_t kWkbPoint = 1;
constexpr std::uint32_t kWkbLine = 2;
constexpr std::uint32_t kWkbPolygon = 3;
constexpr std::uint32_t kWkbMultiLine = 5;
constexpr std::uint32_t kWkbMultiPolygon = 6;
constexpr auto kLittleEndian = std::byte{1};
constexpr std::size_t kHeaderSize = 8;
constexpr std::size_t kPointSize = 2 * sizeof(double);

std::array<std::byte, kHeaderSize> header(int srs)
{
    std::array<std::byte, kHeaderSize> bytes{std::byte{'G'}, std::byte{'P'}, std::byte{0}, kLittleEndian};
    std::memcpy(bytes.data() + 4, &srs, sizeof(std::int32_t));
    return bytes;
}

/// Where the well-known binary starts: after the header and an envelope of 0, 4, 6 or 8 numbers.
std::optional<std::size_t> wkb_offset(Blob blob)
{
    if (blob.size() < kHeaderSize || blob[0] != std::byte{'G'} || blob[1] != std::byte{'P'}) {
        return std::nullopt;
    }
    static constexpr std::size_t kEnvelopeNumbers[] = {0, 4, 6, 6, 8};
    auto const envelope = std::to_integer<std::size_t>((blob[3] >> 1) & std::byte{7});
    if (envelope >= std::size(kEnvelopeNumbers)) {
        return std::nullopt;
    }
    auto const offset = kHeaderSize + kEnvelopeNumbers[envelope] * sizeof(double);
    return offset <= blob.size() ? std::optional{offset} : std::nullopt;
}

template <class T>
T number_at(std::byte const* from, bool little)
{
    std::array<std::byte, sizeof(T)> bytes;
    std::memcpy(bytes.data(), from, sizeof(T));
    if (!little) {
        std::reverse(bytes.begin(), bytes.end());
    }
    return std::bit_cast<T>(bytes);
}

class Writer {
public:
    explicit Writer(int srs)
    {
        auto const start = header(srs);
        bytes.assign(start.begin(), start.end());
    }
    template <class T>
    void put(T value)
    {
        auto const* const from = reinterpret_cast<std::byte const*>(&value);
        bytes.insert(bytes.end(), from, from + sizeof(T));
    }
    void geometry(std::uint32_t type, std::size_t parts)
    {
        put(kLittleEndian);
        put(type);
        put(static_cast<std::uint32_t>(parts));
    }
    void ring(Ring const& ring)
    {
        put(static_cast<std::uint32_t>(ring.empty() ? 0 : ring.size() + 1));
        for (auto const& p : ring) {
            put(p);
        }
        if (!ring.empty()) {
            put(ring.front());
        }
    }
    std::vector<std::byte> bytes;
};

class Reader {
public:
    explicit Reader(Blob rest) : rest_(rest) {}
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }

    template <class T>
    T take()
    {
        if (rest_.size() < sizeof(T)) {
            failed_ = true;
            rest_ = {};
            return T{};
        }
        auto const value = number_at<T>(rest_.data(), true);
        rest_ = rest_.subspan(sizeof(T));
        return value;
    }
    /// Number of parts of a geometry of that type, each of which takes at least `part_size` bytes.
    std::uint32_t geometry(std::uint32_t type, std::size_t part_size)
    {
        if (take<std::byte>() != kLittleEndian || take<std::uint32_t>() != type) {
            failed_ = true;
        }
        return count(part_size);
    }
    Line line()
    {
        auto const size = geometry(kWkbLine, kPointSize);
        Line line;
        line.reserve(size);
        for (std::uint32_t i = 0; i < size && !failed_; ++i) {
            auto const east = take<double>();
            line.push_back({east, take<double>()});
        }
        return line;
    }
    Ring ring()
    {
        auto const size = count(kPointSize);
        Ring ring;
        ring.reserve(size);
        for (std::uint32_t i = 0; i < size && !failed_; ++i) {
            auto const east = take<double>();
            ring.push_back({east, take<double>()});
        }
        if (ring.size() < 4 || ring.front() != ring.back()) {
            failed_ = true;
            return {};
        }
        ring.pop_back();
        return ring;
    }

private:
    std::uint32_t count(std::size_t part_size)
    {
        auto const parts = take<std::uint32_t>();
        if (parts > rest_.size() / part_size) {
            failed_ = true;
            return 0;
        }
        return parts;
    }
    Blob rest_;
    bool failed_ = false;
};

Polygon read_polygon(Reader& reader)
{
    auto const rings = reader.geometry(kWkbPolygon, sizeof(std::uint32_t));
    Polygon polygon;
    for (std::uint32_t i = 0; i < rings && !reader.failed(); ++i) {
        if (i == 0) {
            polygon.outer = reader.ring();
        } else {
            polygon.inners.push_back(reader.ring());
        }
    }
    return polygon;
}

std::optional<MapPoint> point_argument(sqlite3_value* value)
{
    auto const* const data = static_cast<std::byte const*>(sqlite3_value_blob(value));
    auto const size = static_cast<std::size_t>(sqlite3_value_bytes(value));
    return data == nullptr ? std::nullopt : decode_point({data, size});
}

void st_is_empty(sqlite3_context* context, int, sqlite3_value** arguments)
{
    sqlite3_result_int(context, point_argument(arguments[0]) ? 0 : 1);
}

template <double MapPoint::*Coordinate>
void st_coordinate(sqlite3_context* context, int, sqlite3_value** arguments)
{
    if (auto const point = point_argument(arguments[0])) {
        sqlite3_result_double(context, (*point).*Coordinate);
    } else {
        sqlite3_result_null(context);
    }
}

}  // namespace

PointBlob point_blob(MapPoint point, int srs)
{
    PointBlob blob;
    auto const start = header(srs);
    std::copy(start.begin(), start.end(), blob.begin());
    blob[8] = kLittleEndian;
    std::memcpy(blob.data() + 9, &kWkbPoint, sizeof kWkbPoint);
    std::memcpy(blob.data() + 13, &point.east, sizeof(double));
    std::memcpy(blob.data() + 21, &point.north, sizeof(double));
    return blob;
}

std::optional<MapPoint> decode_point(Blob blob)
{
    auto const offset = wkb_offset(blob);
    if (!offset || blob.size() < *offset + 5 + kPointSize) {
        return std::nullopt;
    }
    auto const* const wkb = blob.data() + *offset;
    bool const little = wkb[0] == kLittleEndian;
    if (number_at<std::uint32_t>(wkb + 1, little) != kWkbPoint) {
        return std::nullopt;
    }
    MapPoint const point{number_at<double>(wkb + 5, little), number_at<double>(wkb + 13, little)};
    return std::isfinite(point.east) && std::isfinite(point.north) ? std::optional{point} : std::nullopt;
}

std::vector<std::byte> multi_polygon_blob(MultiPolygon const& shape, int srs)
{
    Writer out(srs);
    out.geometry(kWkbMultiPolygon, shape.size());
    for (auto const& polygon : shape) {
        out.geometry(kWkbPolygon, polygon.inners.size() + 1);
        out.ring(polygon.outer);
        for (auto const& inner : polygon.inners) {
            out.ring(inner);
        }
    }
    return std::move(out.bytes);
}

std::optional<MultiPolygon> decode_multi_polygon(Blob blob)
{
    auto const offset = wkb_offset(blob);
    if (!offset) {
        return std::nullopt;
    }
    Reader reader(blob.subspan(*offset));
    auto const parts = reader.geometry(kWkbMultiPolygon, 9);
    MultiPolygon shape;
    for (std::uint32_t i = 0; i < parts && !reader.failed(); ++i) {
        shape.push_back(read_polygon(reader));
    }
    return reader.failed() || !reader.at_end() ? std::nullopt : std::optional{shape};
}

std::vector<std::byte> multi_line_blob(MultiLine const& lines, int srs)
{
    Writer out(srs);
    out.geometry(kWkbMultiLine, lines.size());
    for (auto const& line : lines) {
        out.geometry(kWkbLine, line.size());
        for (auto const& p : line) {
            out.put(p);
        }
    }
    return std::move(out.bytes);
}

std::optional<MultiLine> decode_multi_line(Blob blob)
{
    auto const offset = wkb_offset(blob);
    if (!offset) {
        return std::nullopt;
    }
    Reader reader(blob.subspan(*offset));
    auto const parts = reader.geometry(kWkbMultiLine, 9);
    MultiLine lines;
    for (std::uint32_t i = 0; i < parts && !reader.failed(); ++i) {
        lines.push_back(reader.line());
    }
    return reader.failed() || !reader.at_end() ? std::nullopt : std::optional{lines};
}

void register_geometry_functions(sqlite3* connection)
{
    using Function = void (*)(sqlite3_context*, int, sqlite3_value**);
    auto const add = [connection](char const* name, Function function) {
        sqlite3_create_function_v2(connection, name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                   nullptr, function, nullptr, nullptr, nullptr);
    };
    add("ST_IsEmpty", st_is_empty);
    add("ST_MinX", st_coordinate<&MapPoint::east>);
    add("ST_MaxX", st_coordinate<&MapPoint::east>);
    add("ST_MinY", st_coordinate<&MapPoint::north>);
    add("ST_MaxY", st_coordinate<&MapPoint::north>);
}

}  // namespace riskbild::store
