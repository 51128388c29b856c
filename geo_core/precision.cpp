#include "geo_core/precision.hpp"

namespace riskbild {

std::string_view name_of(Precision precision)
{
    switch (precision) {
        case Precision::exact:
            return "exact";
        case Precision::address:
            return "address";
        case Precision::street:
            return "street";
        case Precision::locality:
            return "locality";
        case Precision::kommun:
            return "kommun";
        case Precision::lan:
            return "lan";
    }
    return "lan";
}

std::optional<Precision> parse_precision(std::string_view text)
{
    for (auto const precision : kAllPrecisions)
        if (name_of(precision) == text)
            return precision;
    return std::nullopt;
}

}  // namespace riskbild
