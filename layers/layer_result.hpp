#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "geo_core/filter.hpp"
#include "geo_core/lattice.hpp"
#include "geo_core/parallel.hpp"
#include "geo_core/view.hpp"

namespace riskbild::layers {

/// What every result carries, so that no number is shown without its n, unit, period and source.
struct LayerInfo {
    std::string layer;             ///< `density`
    std::string unit;              ///< `incidents per km²`
    std::uint64_t n = 0;           ///< incidents that entered
    LeftOut left_out;              ///< those that matched the filter and did not
    std::optional<Period> period;  ///< of the filter, else of the data; nothing when there is no data
    std::string filter;            ///< canonical text
    std::string view;              ///< name of the policy
    Revision revision;
    std::optional<std::uint64_t> seed;                            ///< where chance is used
    std::vector<std::pair<std::string, std::string>> parameters;  ///< every option with the value used
    std::vector<std::string> notes;                               ///< sentences that the map must show
};

/// Values at the centres of cells; row 0 southernmost, row-major. NaN: not computed, or not shown.
struct Surface {
    LayerInfo info;
    Lattice lattice;
    std::vector<double> values;
};

/// One value per area of the county.
struct AreaValues {
    struct Row {
        AreaId area;
        std::optional<std::uint64_t> count;  ///< nothing = suppressed
        std::int64_t population = 0;         ///< 0 = not known
        std::optional<double> rate;          ///< per `per` inhabitants; nothing: suppressed or no population
        double low = 0.0;                    ///< exact 95 % interval of the rate
        double high = 0.0;
        std::optional<double> smoothed;  ///< empirical Bayes rate in the same unit, where asked for
    };
    LayerInfo info;
    std::vector<Row> rows;  ///< in order of AreaId
};

/// Options as the CLI and URLs give them: `radius=500`. Each layer knows its keys; an unknown key or a
/// value out of range is ErrorCode::wrong_use with the key in `field` and what is allowed.
using Options = std::map<std::string, std::string, std::less<>>;

/// `key=value` joined by `;`, as in addresses (`o=`). \return ErrorCode::wrong_use
Result<Options> parse_options(std::string_view text);
[[nodiscard]] std::string to_text(Options const& options);

}  // namespace riskbild::layers
