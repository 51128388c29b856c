#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/result.hpp"
#include "geo_core/time.hpp"

namespace riskbild::importers {

/// A list of offence codes of an authority, which change from year to year, and which of our kinds each is
/// while it is valid: TOML in `data/kinds`, such as `bra_codes.toml`.
///
///     title = "Brå"
///     [[code]]
///     codes = ["1208"]
///     kind = "damage.graffiti.transit"
///     from = 2019                 # first year, where the code is not as old as the list
///     until = 2024                # last year, where it has been given up
///
/// Zeros in front do not count: a spreadsheet drops them.
class DatedCodes {
public:
    /// \return ErrorCode::unreadable naming `file_name` and what is wrong, also where one code has two kinds
    /// at once
    static Result<DatedCodes> from_toml(std::string_view toml, std::string_view file_name);
    /// `data/kinds/<name>.toml`. \return ErrorCode::not_found where it is missing
    static Result<DatedCodes> load(std::string const& name);

    /// \param when the day of the offence
    [[nodiscard]] std::optional<std::string> kind(std::string_view code, LocalDate when) const;
    /// Whether the code is in the list at any time.
    [[nodiscard]] bool knows(std::string_view code) const;
    /// Every kind that it can answer with, sorted.
    [[nodiscard]] std::vector<std::string> kinds() const;
    [[nodiscard]] std::string const& title() const { return title_; }

private:
    struct Meaning {
        std::string kind;
        int from;
        int until;
    };
    std::string title_;
    std::map<std::string, std::vector<Meaning>, std::less<>> meanings_;  // by code without zeros in front
};

}  // namespace riskbild::importers
