#include "server/utf8.hpp"

namespace riskbild::server {

// The table of well-formed byte sequences: Unicode 15, table 3-7.
std::size_t utf8_length(std::string_view text)
{
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    auto const continues = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xbf) {
        return i < text.size() && byte(i) >= low && byte(i) <= high;
    };
    auto const lead = byte(0);
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead <= 0xdf)
        return continues(1) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef) {
        auto const low = lead == 0xe0 ? 0xa0U : 0x80U;
        auto const high = lead == 0xed ? 0x9fU : 0xbfU;
        return continues(1, low, high) && continues(2) ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        auto const low = lead == 0xf0 ? 0x90U : 0x80U;
        auto const high = lead == 0xf4 ? 0x8fU : 0xbfU;
        return continues(1, low, high) && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

bool is_utf8(std::string_view text)
{
    while (!text.empty()) {
        auto const length = utf8_length(text);
        if (length == 0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace riskbild::server
