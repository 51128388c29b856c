#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "geo_core/area.hpp"
#include "geo_core/result.hpp"
#include "geo_core/snapshot.hpp"

namespace riskbild::importers {

/// What a table means where it names a kommun, as people and spreadsheets write it: `Uppsala`, `UPPSALA
/// kommun`, `Östhammars kommun`, `Stockholms stad`, `0380`, `380` (the first zero is lost), `0380 Uppsala`.
///
/// Elsewhere is only what is known to be: another kommun of Sweden, another län, or the whole country. What
/// nobody knows may be a misspelt kommun of the county and is not counted as another's. A county that is none
/// of Sweden's knows only its own.
class KommunNames {
public:
    /// \param county must outlive the names \return ErrorCode::unreadable for a damaged list of our own
    static Result<KommunNames> of(County const& county);

    enum class Which : std::uint8_t { own, county, elsewhere, unknown };
    struct Named {
        Which which = Which::unknown;
        AreaId area = kNoArea;  ///< where it is the county's own
        bool operator==(Named const&) const = default;
    };
    [[nodiscard]] Named read(std::string_view written) const;

private:
    explicit KommunNames(County const& county) : county_(&county) {}
    [[nodiscard]] Named of_code(std::string_view code) const;
    [[nodiscard]] Named of_name(std::string_view name) const;

    County const* county_;
    std::unordered_map<std::string, Which> swedish_;  // codes, and names in lower case
};

}  // namespace riskbild::importers
