#include "geo_core/figure_table.hpp"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "geo_core/text.hpp"

namespace riskbild {
namespace {

std::vector<std::string> split(std::string const& line)
{
    std::vector<std::string> fields(1);
    for (auto const c : line)
        if (c == ',')
            fields.emplace_back();
        else if (c != '\r')
            fields.back().push_back(c);
    return fields;
}

}  // namespace

Result<void> for_each_figure(std::filesystem::path const& file,
                             std::initializer_list<std::string_view> columns,
                             std::function<bool(FigureRow const&)> const& use)
{
    std::ifstream in{file};
    if (!in)
        return fail(ErrorCode::not_found,
                    fmt::format("{} cannot be read; is the data folder complete", file.string()));
    auto const name = file.filename().string();
    std::string line;
    std::getline(in, line);
    auto const head = split(line);
    std::vector<std::size_t> positions;
    for (auto const column : columns) {
        auto const found = std::ranges::find(head, column);
        if (found == head.end())
            return fail(ErrorCode::unreadable, fmt::format("{} lacks the column {}", name, column),
                        std::string{column});
        positions.push_back(static_cast<std::size_t>(found - head.begin()));
    }
    FigureRow wanted(positions.size());
    for (int row = 1; std::getline(in, line); ++row) {
        if (line.ends_with('\r'))
            line.pop_back();  // an error's sentence has no line break
        auto const fields = split(line);
        auto const whole = fields.size() == head.size();
        for (std::size_t i = 0; whole && i < positions.size(); ++i)
            wanted[i] = fields[positions[i]];
        if (!whole || !use(wanted))
            return fail(ErrorCode::unreadable,
                        fmt::format("{} row {}: \"{}\" cannot be understood", name, row, line));
    }
    return {};
}

std::optional<double> figure_number(std::string_view text)
{
    return parse_number(text);
}

}  // namespace riskbild
