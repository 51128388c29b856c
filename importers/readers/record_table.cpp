#include "importers/readers/record_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "geo_core/text.hpp"

namespace riskbild::importers {

Result<bool> RecordTable::next()
{
    auto const more = advance();
    if (!more || !*more)
        return more;
    if (row_ == limits_.rows)
        return fail(ErrorCode::too_large,
                    fmt::format("{}: more than {} rows, the most that are read of one file; "
                                "split it",
                                name(), limits_.rows));
    ++row_;
    too_long_ = false;
    for (auto const field : fields())
        too_long_ = too_long_ || field.size() > limits_.field_bytes;
    return true;
}

Result<void> RecordTable::rewind()
{
    row_ = 0;
    return restart();
}

std::optional<RecordFault> RecordTable::fault() const
{
    if (!is_readable())
        return unreadable();
    if (!too_long_)
        return std::nullopt;
    auto const all = fields();
    auto const longest = std::max_element(all.begin(), all.end(),
                                          [](auto const& a, auto const& b) { return a.size() < b.size(); });
    auto const at = static_cast<std::size_t>(longest - all.begin());
    return RecordFault{"too_long", fmt::format("{} is {} bytes long, at most {} are read",
                                               at < columns().size() ? columns()[at] : "a field",
                                               longest->size(), limits_.field_bytes)};
}

void name_columns(std::vector<std::string>& columns)
{
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto name = std::string{trimmed(columns[i])};
        if (name.empty())
            name = column_name({}, i);
        auto const taken = [&](std::string const& wanted) {
            return std::find(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(i), wanted) !=
                   columns.begin() + static_cast<std::ptrdiff_t>(i);
        };
        auto unique = name;
        for (int n = 2; taken(unique); ++n)
            unique = fmt::format("{}_{}", name, n);
        columns[i] = unique;
    }
}

std::string column_name(std::vector<std::string> const& columns, std::size_t index)
{
    return index < columns.size() ? columns[index] : fmt::format("column_{}", index + 1);
}

std::string point_text(std::string_view x, std::string_view y)
{
    return fmt::format("POINT ({} {})", x, y);
}

}  // namespace riskbild::importers
