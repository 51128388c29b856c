#include <cstdint>
#include <cstdlib>
#include <string>

#include "importers/points/profile_suggestion.hpp"

using namespace riskbild;
using namespace riskbild::importers;

// Whatever a table holds, the profile suggested for it loads: headings and values are somebody else's text.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static auto const county = *county_of_profile("uppsala");
    static auto const now = *parse_instant("2026-01-01T00:00:00Z");
    std::string const bytes{reinterpret_cast<char const*>(data), size};
    constexpr std::string_view kOgr[] = {"SQLite format 3", "fgb", "\xd0\xcf\x11\xe0", "<", "PK"};
    for (auto const beginning : kOgr)  // GDAL's own parsers are fuzzed elsewhere
        if (bytes.starts_with(beginning) || bytes.find("opengis.net") != std::string::npos)
            return 0;
    if (size > 1 && data[0] == 0 && data[1] == 0)
        return 0;
    auto source = ByteSource::from_memory("fuzz.csv", bytes,
                                          {.bytes = 1 << 20, .expansion = 50, .always_allowed = 1 << 16});
    auto const made = suggest_profile(source, county, {.layer = {}, .now = now});
    if (!made && made.error().code == ErrorCode::internal)
        std::abort();
    auto const parse = made && made->profile.tells_time() ? parse_column_profile : parse_profile_without_time;
    if (made && !parse(made->toml, "fuzz"))
        std::abort();
    return 0;
}
