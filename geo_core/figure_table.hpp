#pragma once

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/result.hpp"

namespace riskbild {

/// Fields of one row, in the order of the columns asked for.
using FigureRow = std::vector<std::string>;

/// Calls `use` with every row of a table in `data/figures`, in order: our own files, so plain commas and no
/// quotes. Columns are found by name, others are left out. `use` returns false for a row that it does not
/// understand.
/// \return ErrorCode::not_found for the file, ErrorCode::unreadable naming file and column or row
Result<void> for_each_figure(std::filesystem::path const& file,
                             std::initializer_list<std::string_view> columns,
                             std::function<bool(FigureRow const&)> const& use);

/// The whole text as a number, or nothing.
[[nodiscard]] std::optional<double> figure_number(std::string_view text);

}  // namespace riskbild
