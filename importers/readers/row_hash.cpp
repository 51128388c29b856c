#include "importers/readers/row_hash.hpp"

#include <fmt/format.h>

namespace riskbild::importers {

std::string RowHash::text() const
{
    return fmt::format("{:016x}{:016x}", high, low);
}

RowHash row_hash(std::string_view content)
{
    __extension__ using Wide = unsigned __int128;
    // Offset basis and prime of the 128-bit variant.
    auto hash = (Wide{0x6c62272e07bb0142ULL} << 64) | Wide{0x62b821756295c58dULL};
    auto const prime = (Wide{0x0000000001000000ULL} << 64) | Wide{0x000000000000013bULL};
    for (char const c : content) {
        hash ^= static_cast<unsigned char>(c);
        hash *= prime;
    }
    return {static_cast<std::uint64_t>(hash >> 64), static_cast<std::uint64_t>(hash)};
}

}  // namespace riskbild::importers
