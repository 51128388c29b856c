#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "geo_core/area.hpp"
#include "geo_core/result.hpp"
#include "geo_core/snapshot.hpp"

namespace riskbild::importers {

/// What a table means where it names a kommun, as people and spreadsheets write it: `Uppsala`, `UPPSALA
/// kommun`, `Östhammars kommun`, `Stockholms stad`, `0380`, `380` (the first zero is lost), `0380 Uppsala`;
/// or a län or the country: `Uppsala län`, `03`, `01 Stockholms län`, `00 Riket`.
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
    /// Whether it is another län or the whole country, by name: no part of the county, whatever its parts are
    /// called.
    [[nodiscard]] bool is_beyond(std::string_view written) const;

private:
    explicit KommunNames(County const& county) : county_(&county) {}
    [[nodiscard]] Named of_code(std::string_view code) const;
    [[nodiscard]] Named of_name(std::string_view name) const;
    [[nodiscard]] Named of_lan(std::string_view label) const;

    County const* county_;
    std::unordered_set<std::string> swedish_;           // codes of kommuner; names of all in lower case
    std::unordered_map<std::string, std::string> lan_;  // names in lower case by code; `00` is the country
};

}  // namespace riskbild::importers
