#include "geo_core/result.hpp"

namespace riskbild {

char const* name_of(ErrorCode code)
{
    switch (code) {
        case ErrorCode::wrong_use:
            return "wrong_use";
        case ErrorCode::not_found:
            return "not_found";
        case ErrorCode::forbidden:
            return "forbidden";
        case ErrorCode::unreadable:
            return "unreadable";
        case ErrorCode::unwritable:
            return "unwritable";
        case ErrorCode::full:
            return "full";
        case ErrorCode::busy:
            return "busy";
        case ErrorCode::too_slow:
            return "too_slow";
        case ErrorCode::newer_version:
            return "newer_version";
        case ErrorCode::damaged:
            return "damaged";
        case ErrorCode::too_large:
            return "too_large";
        case ErrorCode::gone:
            return "gone";
        case ErrorCode::internal:
            return "internal";
    }
    return "internal";
}

}  // namespace riskbild
