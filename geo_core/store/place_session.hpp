#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "geo_core/snapshot.hpp"
#include "geo_core/store/store.hpp"

namespace riskbild::store {

/// Opens a connection of its own to the store and begins a write transaction on it.
/// Throws ErrorCode::wrong_use for a source that cannot be, ErrorCode::busy when another writes.
[[nodiscard]] std::unique_ptr<PlaceSession> begin_place_session(std::filesystem::path const& file,
                                                                County const& county,
                                                                PlaceSource const& source,
                                                                std::string file_name);

}  // namespace riskbild::store
