#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "geo_core/filter.hpp"
#include "layers/layer_result.hpp"

using namespace riskbild;

namespace {

// Canonical text is read back as the same, and is its own canonical text.
template <class Parse>
void check_round_trip(std::string_view text, Parse parse)
{
    auto const first = parse(text);
    if (!first) {
        if (first.error().message.empty())
            std::abort();
        return;
    }
    auto const canonical = to_text(*first);
    auto const second = parse(canonical);
    if (!second || *second != *first || to_text(*second) != canonical)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    check_round_trip(text, [](std::string_view t) { return parse_filter(t); });
    check_round_trip(text, [](std::string_view t) { return layers::parse_options(t); });
    return 0;
}
