#pragma once

#include "geo_core/store/store.hpp"
#include "importers/reading_recipe.hpp"

namespace riskbild::importers {

/// Begins imports that tell what would become of every row and leave nothing behind. While one is under way
/// nobody else can write. \param store outlives it
[[nodiscard]] BeginImport dry_run(Store& store);

}  // namespace riskbild::importers
