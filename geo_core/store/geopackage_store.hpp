#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "geo_core/store/content_hash.hpp"
#include "geo_core/store/schema.hpp"
#include "geo_core/store/store.hpp"

namespace riskbild::store {

/// What tests vary; the program takes it as it is.
struct StoreOptions {
    std::span<Migration const> schema = migrations();
    int public_id_length = kPublicIdLength;  ///< short ones collide
};

Result<std::unique_ptr<Store>> create_geopackage_store(std::filesystem::path const& file,
                                                       Profile const& profile,
                                                       StoreOptions const& options = {});
Result<std::unique_ptr<Store>> create_geopackage_store(std::filesystem::path const& file,
                                                       Profile const& profile, AreaSet const& areas,
                                                       StoreOptions const& options = {});
Result<std::unique_ptr<Store>> open_geopackage_store(std::filesystem::path const& file, Store::Access access,
                                                     StoreOptions const& options = {});

}  // namespace riskbild::store
