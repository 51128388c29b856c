#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "geo_core/filter.hpp"
#include "layers/layer_result.hpp"

using namespace riskbild;

namespace {

// Canonical text is read back as the same, and is its own canonical text.
template <class Parse, class Write>
void check_round_trip(std::string_view text, Parse parse, Write write)
{
    auto const first = parse(text);
    if (!first) {
        if (first.error().message.empty())
            std::abort();
        return;
    }
    auto const canonical = write(*first);
    auto const second = parse(canonical);
    if (!second || *second != *first || write(*second) != canonical)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    check_round_trip(text, &parse_filter, [](Filter const& filter) { return to_text(filter); });
    check_round_trip(text, &layers::parse_options, &layers::to_text);
    return 0;
}
