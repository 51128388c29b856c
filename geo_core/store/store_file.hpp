#pragma once

#include <filesystem>
#include <memory>

#include "geo_core/store/schema.hpp"
#include "geo_core/store/sqlite_handle.hpp"
#include "geo_core/store/store.hpp"

namespace riskbild::store {

/// Makes a new store file: complete under its name, or not there at all.
/// Throws ErrorCode::wrong_use when the file exists, ErrorCode::unwritable without permission.
void create_store_file(std::filesystem::path const& file, Profile const& profile, AreaSet const& areas,
                       std::span<Migration const> schema);

/// The connection through which a store reads. Where neither the file nor its folder may be written, and
/// no writer is at work, it reads the file alone, and looks before each use whether that still holds.
class StoreReader {
public:
    /// Brings an older schema up to date when it may write.
    StoreReader(std::filesystem::path file, Store::Access access, std::span<Migration const> schema);

    /// Opens anew when the file was written since, by somebody who may.
    [[nodiscard]] Connection& connection();

private:
    /// Enough of a file's state to see that it was written.
    struct Stamp {
        std::filesystem::file_time_type time;
        std::uintmax_t size = 0;
        bool log = false;
        bool operator==(Stamp const&) const = default;
    };
    [[nodiscard]] static Stamp stamp_of(std::filesystem::path const& file);
    void open();
    void open_for_reading();

    std::filesystem::path file_;
    Store::Access access_;
    std::span<Migration const> schema_;
    std::unique_ptr<Connection> connection_;
    std::optional<Stamp> alone_;  // set when the file is read as one that nobody writes
};

}  // namespace riskbild::store
