#include <cstdint>
#include <cstdlib>
#include <string>

#include "importers/police/police_fields.hpp"
#include "importers/readers/json_records.hpp"

using namespace riskbild;
using namespace riskbild::importers;

// The canonical form of whatever is read is its own canonical form.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto source = ByteSource::from_memory("fuzz", {reinterpret_cast<char const*>(data), size},
                                          {.bytes = 1 << 22, .expansion = 200, .always_allowed = 1 << 20});
    auto records = JsonRecords::open(source);
    if (!records)
        return 0;
    while (true) {
        auto const more = records->next();
        if (!more || !*more)
            return 0;
        auto const text = canonical_json(records->record());
        auto const again = parse_json(text);
        if (!again || canonical_json(*again) != text)
            std::abort();
        static_cast<void>(read_police_event(*unwrap_police_record(records->record()).event));
    }
}
