#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "importers/police/police_fields.hpp"
#include "importers/police/police_name.hpp"

using namespace riskbild;
using namespace riskbild::importers;

// Whatever the title: its parts are parts of it, and a date that is given is a date near its publication.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static auto const zone = *TimeZone::named("Europe/Stockholm");
    static auto const published = *parse_instant("2024-02-29T23:59:59+01:00");
    std::string_view const text{reinterpret_cast<char const*>(data), size};

    auto const name = parse_police_name(text);
    if (text.find(name.type) == std::string_view::npos || text.find(name.place) == std::string_view::npos)
        std::abort();
    if (name.date) {
        if (name.date->month < 1 || name.date->month > 12 || name.date->day < 1 || name.date->day > 31)
            std::abort();
        if (auto const occurred = occurrence_of(*name.date, published, zone))
            if (occurred->from >= occurred->to || occurred->from > published + std::chrono::hours{24} ||
                occurred->from < published - date::days{366 * 2})
                std::abort();
    }
    static_cast<void>(parse_gps(text));
    if (auto const link = police_link(text); !link.empty() && !link.starts_with("https://polisen.se/"))
        std::abort();
    return 0;
}
