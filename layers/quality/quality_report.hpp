#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo_core/named_place.hpp"
#include "geo_core/set_aside.hpp"
#include "geo_core/store/store.hpp"
#include "layers/quality/data_quality.hpp"

namespace riskbild::layers {

/// A named place that contradicts itself.
struct DoubtedPlace {
    PlaceSort sort = PlaceSort::address;
    std::string name;
    std::string doubt;  ///< a sentence
};

/// How good the data of a county are, source by source, as far as they tell it themselves.
struct QualityReport {
    struct OfSource {
        Source source;
        SourceQuality quality;
        ImportSums imports;           ///< of no files: nothing is known, as of stores of older versions
        std::uint64_t set_aside = 0;  ///< rows that wait on the desk
        SetAsideCounts reasons;       ///< of them
    };
    struct OfPlaces {
        PlaceSource source;
        std::uint64_t doubted = 0;
        std::vector<DoubtedPlace> first;  ///< of them, by name, the first 100
    };
    /// A set of areas whose borders may lie so far from the true ones that it matters.
    struct CoarseAreas {
        std::string title;
        Metres generalised{0.0};
    };

    LocalDate today;
    Revision revision;
    std::vector<OfSource> sources;
    std::vector<OfPlaces> places;
    std::vector<CoarseAreas> coarse;
};

/// From this on the product warns of generalised borders.
inline constexpr Metres kCoarseFrom{250.0};

/// \param source only this one; empty: every one. \return ErrorCode::forbidden for a view without single
/// incidents, ErrorCode::not_found for a source that is not there, the store's own errors
Result<QualityReport> quality_report(Store& store, View const& view, LocalDate today,
                                     std::string const& source = {});

}  // namespace riskbild::layers
