#include <cstdint>
#include <cstdlib>
#include <string>

#include "importers/open311/open311_fetch.hpp"
#include "importers/open311/open311_fields.hpp"

using namespace riskbild;
using namespace riskbild::importers;

// Requests of JSON or XML, whatever they are: their normal form is its own normal form, and is JSON.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string const bytes{reinterpret_cast<char const*>(data), size};
    if (auto const progress = parse_progress(bytes); parse_progress(progress_text(progress)) != progress)
        std::abort();
    auto source = ByteSource::from_memory("fuzz", bytes,
                                          {.bytes = 1 << 22, .expansion = 200, .always_allowed = 1 << 20});
    auto records = Open311Records::open(source);
    if (!records)
        return 0;
    while (true) {
        auto const more = records->next();
        if (!more && more.error().message.empty())
            std::abort();
        if (!more || !*more)
            return 0;
        auto const normal = normal_record(records->record());
        auto const text = canonical_json(normal);
        if (canonical_json(normal_record(normal)) != text)
            std::abort();
        if (auto const again = parse_json(text); !again || canonical_json(*again) != text)
            std::abort();
        static_cast<void>(open311_error(records->record()));
        auto const request = read_open311_request(records->record());
        if (request.id.size() > size * 3)
            std::abort();
    }
}
