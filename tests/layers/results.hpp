#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "layers/layer_result.hpp"

namespace riskbild::layers::testing {

/// The value of a fact; absent where there is none of that key.
inline TableCell fact(std::vector<Fact> const& facts, std::string_view key)
{
    auto const found = std::ranges::find_if(facts, [&](Fact const& one) { return one.quantity.key == key; });
    return found == facts.end() ? TableCell{} : found->value;
}

inline TableCell cell(Table const& table, std::size_t row, std::string_view column)
{
    auto const found =
        std::ranges::find_if(table.columns, [&](Column const& one) { return one.quantity.key == column; });
    return table.rows.at(row).at(static_cast<std::size_t>(found - table.columns.begin()));
}

/// Of the row whose first cell is this text; absent where there is none.
inline TableCell cell(Table const& table, std::string_view name, std::string_view column)
{
    auto const row = std::ranges::find_if(
        table.rows, [&](auto const& one) { return one.front() == TableCell{std::string{name}}; });
    return row == table.rows.end() ? TableCell{}
                                   : cell(table, static_cast<std::size_t>(row - table.rows.begin()), column);
}

/// Whether some note has these English words.
inline bool notes(LayerInfo const& info, std::string_view words)
{
    return std::ranges::any_of(info.notes,
                               [&](Words const& note) { return note.en.find(words) != std::string::npos; });
}

}  // namespace riskbild::layers::testing
