#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "importers/points/point_time.hpp"
#include "importers/readers/csv_reader.hpp"

using namespace riskbild;
using namespace riskbild::importers;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows usable_rows(std::string bytes, CsvOptions const& options)
{
    auto source = ByteSource::from_memory("fuzz", std::move(bytes),
                                          {.bytes = 1 << 22, .expansion = 200, .always_allowed = 1 << 20});
    auto reader = CsvReader::open(source, options);
    Rows rows;
    if (!reader)
        return rows;
    auto const columns = reader->columns().size();
    while (true) {
        auto const more = reader->next();
        if (!more || !*more)
            return rows;
        for (auto const field : reader->fields())
            if (!is_utf8(field))
                std::abort();
        if (reader->problem() != CsvReader::Problem::none)
            continue;
        if (reader->fields().size() != columns)
            std::abort();
        rows.emplace_back(reader->fields().begin(), reader->fields().end());
    }
}

std::string written(Rows const& rows, char separator)
{
    std::string csv;
    for (auto const& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            csv += i == 0 ? "\"" : std::string{separator} + "\"";
            for (char const c : row[i])
                csv += c == '"' ? std::string{"\"\""} : std::string{c};
            csv += '"';
        }
        csv += "\r\n";
    }
    return csv;
}

}  // namespace

// What is read and written again by the rules (RFC 4180) is read as the same.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static auto const zone = *TimeZone::named("Europe/Stockholm");
    if (size < 1)
        return 0;
    CsvOptions options;
    if (data[0] & 1)
        options.separator = data[0] & 2 ? ';' : ',';
    if (data[0] & 4)
        options.columns = {"a", "b", "c"};
    auto const rows = usable_rows({reinterpret_cast<char const*>(data) + 1, size - 1}, options);
    if (rows.empty())
        return 0;

    CsvOptions again{.separator = ',', .encoding = Encoding::automatic, .columns = {}};
    for (std::size_t i = 0; i < rows.front().size(); ++i)
        again.columns.push_back(std::to_string(i));
    if (usable_rows(written(rows, ','), again) != rows)
        std::abort();

    auto const style = static_cast<TimeStyle>(data[0] % 3);
    auto const resolution = static_cast<TimeResolution>(data[0] / 3 % 3);
    auto const& row = rows.front();
    if (auto const interval =
            read_interval(row.front(), row.back(), row[row.size() / 2], style, resolution, zone))
        if (interval->from >= interval->to)
            std::abort();
    return 0;
}
