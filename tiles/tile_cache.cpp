#include "tiles/tile_cache.hpp"

#include <utility>

namespace riskbild::tiles {

namespace {

// What an entry costs besides its bytes: list and table nodes, the second copy of the name, allocator.
constexpr std::size_t kEntryBytes = 256;

std::size_t bytes_of(std::string const& name, FinishedTile const& tile)
{
    return kEntryBytes + 2 * name.size() + tile.identity.size() + tile.gzip.size();
}

}  // namespace

std::shared_ptr<FinishedTile const> TileCache::find(std::string const& name)
{
    auto const lock = std::lock_guard{mutex_};
    auto const found = by_name_.find(name);
    if (found == by_name_.end()) {
        return nullptr;
    }
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->tile;
}

void TileCache::keep(std::string const& name, std::shared_ptr<FinishedTile const> tile)
{
    auto const bytes = bytes_of(name, *tile);
    auto const lock = std::lock_guard{mutex_};
    if (bytes > most_bytes_ || by_name_.contains(name)) {
        return;
    }
    while (bytes_ + bytes > most_bytes_) {
        drop_last();
    }
    auto entry = std::list<Entry>{};
    entry.push_front({name, std::move(tile), bytes});
    by_name_.emplace(name, entry.begin());
    entries_.splice(entries_.begin(), entry);
    bytes_ += bytes;
}

void TileCache::drop_last()
{
    bytes_ -= entries_.back().bytes;
    by_name_.erase(entries_.back().name);
    entries_.pop_back();
    ++evicted_;
}

std::size_t TileCache::bytes() const
{
    auto const lock = std::lock_guard{mutex_};
    return bytes_;
}

std::uint64_t TileCache::evicted() const
{
    auto const lock = std::lock_guard{mutex_};
    return evicted_;
}

}  // namespace riskbild::tiles
