#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/result.hpp"

namespace riskbild::importers {

/// One of the thirteen points that a shop is certified by.
struct SecurityPoint {
    int number = 0;
    std::string sv, en;
    std::vector<std::string> words;  ///< beginnings of headings, lower case
};

/// The points of `data/shops/security_points.toml`, in order of number.
class SecurityPoints {
public:
    /// \return ErrorCode::unreadable naming `file_name`, line or point
    static Result<SecurityPoints> from_toml(std::string_view toml, std::string_view file_name);
    static Result<SecurityPoints> load();

    [[nodiscard]] std::vector<SecurityPoint> const& points() const { return points_; }
    /// Which point a column is about: `Punkt 7`, `P7`, `7`, `7. Larm`, `Överfallslarm`. \return its index
    [[nodiscard]] std::optional<std::size_t> of_heading(std::string_view heading) const;

private:
    std::vector<SecurityPoint> points_;
};

}  // namespace riskbild::importers
