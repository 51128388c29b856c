#include "geo_core/toml_text.hpp"

#include <fmt/format.h>

namespace riskbild {

Result<toml::table> parse_toml(std::string_view text, std::string_view name)
{
    try {
        return toml::parse(text);
    } catch (toml::parse_error const& error) {
        return fail(ErrorCode::unreadable,
                    fmt::format("{} line {}: {}", name, error.source().begin.line, error.description()));
    }
}

}  // namespace riskbild
