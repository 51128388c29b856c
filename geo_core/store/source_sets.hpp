#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "geo_core/snapshot.hpp"

namespace riskbild::store {

/// Sets of sources: as bits in memory, as `houston,police` (names sorted) in the store.
class SourceSets {
public:
    explicit SourceSets(std::span<Source const> sources) : sources_(sources) {}

    [[nodiscard]] std::string const& text(std::uint64_t set);
    /// Names that are no source of the store are passed over.
    [[nodiscard]] std::uint64_t set(std::string_view text);

private:
    std::span<Source const> sources_;
    std::unordered_map<std::uint64_t, std::string> texts_;
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::unordered_map<std::string, std::uint64_t, Hash, std::equal_to<>> sets_;
};

}  // namespace riskbild::store
