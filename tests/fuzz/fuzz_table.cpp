#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "importers/readers/csv_table.hpp"
#include "importers/readers/encoding.hpp"
#include "importers/readers/json_table.hpp"

using namespace riskbild;
using namespace riskbild::importers;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(RecordTable& table)
{
    Rows rows;
    while (true) {
        auto const more = table.next();
        if (!more || !*more)
            return rows;
        for (auto const field : table.fields())
            if (!is_utf8(field))
                std::abort();
        if (!table.is_good()) {
            if (!table.fault())
                std::abort();
            continue;
        }
        if (table.fields().size() != table.columns().size())
            std::abort();
        rows.emplace_back(table.fields().begin(), table.fields().end());
        if (table.point() && !table.has_geometry())
            std::abort();
    }
}

}  // namespace

// A table of text or JSON (also GeoJSON and UTF-16) reads the same when it is read again.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size < 1)
        return 0;
    ReadLimits const bytes{.bytes = 1 << 22, .expansion = 200, .always_allowed = 1 << 20};
    auto source = ByteSource::from_memory("fuzz", {reinterpret_cast<char const*>(data) + 1, size - 1}, bytes);
    TableLimits const limits{.rows = 5000, .field_bytes = 1000};
    auto table = data[0] & 1 ? JsonTable::open(source, limits) : CsvTable::open(source, {}, limits);
    if (!table)
        return 0;
    auto const once = rows_of(**table);
    if (!(*table)->rewind())
        std::abort();
    if (rows_of(**table) != once)
        std::abort();
    return 0;
}
