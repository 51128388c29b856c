#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/result.hpp"
#include "geo_core/store/store.hpp"
#include "geo_core/time.hpp"

namespace riskbild::importers {

/// How a file was read: what it takes to read one of its rows again, when the file and perhaps its column
/// profile are no more. Kept with the rows that were set aside.
struct ReadingRecipe {
    std::string importer;                    ///< `points`, `police`
    std::string profile{};                   ///< points: name of the column profile …
    std::string profile_toml{};              ///< … and the profile itself
    bool swap = false;                       ///< points
    std::vector<std::string> columns{};      ///< points: the heading
    int point_epsg = 0;                      ///< points: of the file's own geometry
    bool made_up = false;                    ///< police
    std::optional<Instant> observed{};       ///< where the caller knew better than the data
    std::optional<Instant> observed_else{};  ///< where neither caller nor row tells
    bool operator==(ReadingRecipe const&) const = default;
};

[[nodiscard]] std::string recipe_text(ReadingRecipe const& recipe);
/// \return ErrorCode::damaged for what `recipe_text` did not write
Result<ReadingRecipe> parse_recipe(std::string_view text);

/// Begins an import, as Store::begin_import does.
using BeginImport = std::function<Result<std::unique_ptr<ImportSession>>(Source const&, std::string file)>;

}  // namespace riskbild::importers
