#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/ids.hpp"
#include "geo_core/result.hpp"

namespace riskbild {

/// One node of the tree of what can happen. Codes are ours, stable for ever, dotted from the root:
/// `damage`, `damage.graffiti`, `robbery.shop`.
struct Kind {
    std::string code;
    std::string sv;
    std::string en;
    bool is_protected = false;  ///< violates integrity: never finer than kommun (docs/glossary.md)
    bool is_crime = true;       ///< false for traffic accidents, fires, missing persons …
    KindId group;               ///< the first-level ancestor, itself for a root
};

/// Whether a code is `ancestor` or below it: `damage.graffiti` is within `damage`.
[[nodiscard]] bool is_within(std::string_view code, std::string_view ancestor);

/// The tree of kinds in order of code, so that a node and all below it are one index range.
/// Protection is inherited. Index 0 is always `unknown`.
class KindTree {
public:
    KindTree() = default;
    /// Reads `data/kinds/kinds.toml`. \return ErrorCode::unreadable with line and reason.
    static Result<KindTree> from_toml(std::string_view text, std::string_view file_name);

    [[nodiscard]] std::span<Kind const> kinds() const { return kinds_; }
    [[nodiscard]] Kind const& operator[](KindId id) const { return kinds_[id.value()]; }
    [[nodiscard]] std::optional<KindId> by_code(std::string_view code) const;
    /// Whether `kind` is `ancestor` or below it.
    [[nodiscard]] bool within(KindId kind, KindId ancestor) const;
    /// First-level nodes, in order.
    [[nodiscard]] std::vector<KindId> groups() const;

private:
    std::vector<Kind> kinds_;
};

inline constexpr KindId kUnknownKind{0};

}  // namespace riskbild
