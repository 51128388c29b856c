#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "geo_core/units.hpp"

namespace riskbild::importers {

/// What an import of named places, area sets or figures can be told beside its file; empty: found out.
struct PlaceOptions {
    std::string
        source_name{};    ///< under which source they are kept, where a county has two feeds of one sort
    std::string layer{};  ///< of areas, figures and shops: the layer or sheet, where a file has several
    std::string set{};    ///< area set: `regso`, `deso`, a name of one's own
    std::string code_field{}, name_field{};  ///< of an area file
    int valid_from = 0, valid_to = 0;        ///< years of an area set
    std::optional<Metres> generalised{};     ///< how far the borders may lie from the true ones
    std::string measure{};                   ///< of figures: what they count
    std::string about{};                     ///< of which offence or question
    std::string year{};                      ///< of figures without a column that tells it
    bool replace = false;  ///< of osm and gtfs: also where most of what was there goes, \see PlaceSource
    std::function<void(std::uint64_t rows)> progress{};
};

}  // namespace riskbild::importers
