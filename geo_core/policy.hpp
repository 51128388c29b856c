#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "geo_core/result.hpp"
#include "geo_core/units.hpp"

namespace riskbild {

/// Who looks. One table in `policy.cpp` says what each may see (`docs/architecture.md`, "Views").
enum class Role { analyst, public_ };

/// What one role may see; decided before anything is computed. Protected kinds are never finer than
/// kommun in either.
struct Policy {
    Role role = Role::analyst;
    bool single_incidents = false;    ///< points, cards and free text
    bool free_filter = false;         ///< any filter; else only published combinations
    std::int64_t suppress_below = 0;  ///< counts 1 … this-1 are not shown, nor what would reveal them
    Metres finest_cell{0.0};          ///< smallest cell a layer may have

    [[nodiscard]] std::string_view name() const;
    /// Eight hexadecimal digits over everything above: part of tile addresses.
    [[nodiscard]] std::string digest() const;
};

[[nodiscard]] Policy const& policy_of(Role role);
/// `analyst` or `public`. \return ErrorCode::wrong_use listing both.
Result<Role> parse_role(std::string_view text);

}  // namespace riskbild
