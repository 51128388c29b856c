#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace riskbild::tiles {

/// Raised whenever the same data would give other bytes: addresses made by an older program are then gone.
inline constexpr std::int64_t kRendererVersion = 2;

/// Which data and which program made a tile: `epoch.revision.renderer` in its address. Safe in a path.
struct TileToken {
    /// Of the store, new with every committed write; for a layer that no write changes, the name of what it
    /// is made of. Characters other than A–Z a–z 0–9 - _ become -
    std::string epoch;
    std::int64_t revision = 0;  ///< for people; 0 for a layer that no write changes
    std::int64_t renderer = kRendererVersion;

    bool operator==(TileToken const&) const = default;
};

[[nodiscard]] TileToken make_token(std::string_view epoch, std::int64_t revision);
[[nodiscard]] std::string to_text(TileToken const& token);
/// Nothing for any other form, also for leading zeros and signs.
[[nodiscard]] std::optional<TileToken> parse_token(std::string_view text);

}  // namespace riskbild::tiles
