#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "importers/gtfs_rt/transit_alert.hpp"
#include "importers/readers/encoding.hpp"
#include "importers/readers/json_value.hpp"

using namespace riskbild;
using namespace riskbild::importers;

// Whatever the bytes: refused with a sentence, or alerts whose payload is canonical JSON in UTF-8.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const feed = read_alerts({reinterpret_cast<char const*>(data), size});
    if (!feed) {
        if (feed.error().message.empty())
            std::abort();
        return 0;
    }
    for (auto const& alert : feed->alerts) {
        auto const payload = payload_of(alert);
        auto const again = parse_json(payload);
        if (!is_utf8(payload) || !again || canonical_json(*again) != payload)
            std::abort();
        if (!is_utf8(best_text(alert.header)))
            std::abort();
    }
    return 0;
}
