#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "tiles/tile_service.hpp"

namespace riskbild::tiles {

/// Finished tiles by name, never more bytes than allowed: the one asked for longest ago goes first. Any
/// number of threads at once.
class TileCache {
public:
    explicit TileCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    /// Nothing when it is not there.
    [[nodiscard]] std::shared_ptr<FinishedTile const> find(std::string const& name);
    /// A tile larger than the whole cache is not kept.
    void keep(std::string const& name, std::shared_ptr<FinishedTile const> tile);

    [[nodiscard]] std::size_t bytes() const;
    [[nodiscard]] std::uint64_t evicted() const;

private:
    struct Entry {
        std::string name;
        std::shared_ptr<FinishedTile const> tile;
        std::size_t bytes = 0;
    };

    void drop_last();

    std::size_t most_bytes_;
    mutable std::mutex mutex_;
    std::list<Entry> entries_;  // most recently asked first
    std::unordered_map<std::string, std::list<Entry>::iterator> by_name_;
    std::size_t bytes_ = 0;
    std::uint64_t evicted_ = 0;
};

}  // namespace riskbild::tiles
