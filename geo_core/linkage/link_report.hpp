#pragma once

#include <cstdint>
#include <string>

#include "geo_core/ids.hpp"
#include "geo_core/report.hpp"
#include "geo_core/time.hpp"

namespace riskbild::linkage {

/// A report as finding candidates sees it: numbers only, so that a million are in memory at once.
struct LinkSubject {
    std::int64_t report = 0;  ///< the store's number; names the subject, decides nothing
    SourceId source;
    KindId kind;
    TimeInterval occurred;
    Place place;
};

/// A report as two are compared.
struct LinkReport {
    LinkSubject subject;
    std::string case_number;  ///< empty: quotes none
    std::string title;        ///< as the source wrote it, as the next two
    std::string text;
    std::string place_text;
};

}  // namespace riskbild::linkage
