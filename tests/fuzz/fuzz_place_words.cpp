#include <cstdint>
#include <cstdlib>
#include <string>

#include "geo_core/profile.hpp"
#include "importers/areas/area_file.hpp"
#include "importers/figures/figure_fields.hpp"
#include "importers/geocode/street_name.hpp"
#include "importers/gtfs/gtfs_time.hpp"
#include "importers/gtfs/stop_name.hpp"
#include "importers/readers/encoding.hpp"

using namespace riskbild;
using namespace riskbild::importers;

// Whatever the words: a normal form is its own normal form, and what is read of them is in bounds.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static auto const areas = *load_areas(*load_profile("uppsala"));
    // As readers hand it on: UTF-8, or made so from Windows-1252.
    std::string text{reinterpret_cast<char const*>(data), size};
    if (!is_utf8(text)) {
        text.clear();
        append_from_windows_1252({reinterpret_cast<char const*>(data), size}, text);
    }

    auto const street = normal_street(text);
    if (normal_street(street) != street)
        std::abort();
    auto const number = normal_house_number(text);
    if (normal_house_number(number) != number)
        std::abort();
    auto const address = parse_address(text);
    if (address.house_number != normal_house_number(address.house_number) ||
        (!address.postcode.empty() && address.postcode.size() != 5))
        std::abort();
    for (auto const& mention : street_mentions(text))
        if (mention.empty())
            std::abort();
    auto const stop = parse_stop_name(text, areas);
    if (stop.area != kNoArea && stop.area.value() >= areas.areas().size())
        std::abort();
    if (auto const label = area_label(text); area_label(label) != label)
        std::abort();
    if (auto const time = parse_gtfs_time(text); time && (*time < 0 || *time >= 7 * 24 * 3600))
        std::abort();
    static_cast<void>(parse_gtfs_date(text));
    static_cast<void>(parse_figure(text));
    if (auto const interval = parse_interval(text); interval && interval->first > interval->second)
        std::abort();
    return 0;
}
