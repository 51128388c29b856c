#include "importers/readers/encoding.hpp"

#include <cstdint>
#include <cstring>

namespace riskbild::importers {
namespace {

// What 0x80 … 0x9f mean in Windows-1252 (unicode.org, CP1252.TXT); 0 = undefined.
constexpr std::uint16_t kWindows1252[32] = {0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                            0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
                                            0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                            0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

void append_code_point(std::uint32_t c, std::string& out)
{
    if (c < 0x80) {
        out.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
        out.push_back(static_cast<char>(0xc0 | (c >> 6)));
        out.push_back(static_cast<char>(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        out.push_back(static_cast<char>(0xe0 | (c >> 12)));
        out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3f)));
        out.push_back(static_cast<char>(0x80 | (c & 0x3f)));
    } else {
        out.push_back(static_cast<char>(0xf0 | (c >> 18)));
        out.push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3f)));
        out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3f)));
        out.push_back(static_cast<char>(0x80 | (c & 0x3f)));
    }
}

// Length of the well-formed sequence at `p` (Unicode 15, table 3-7), 0 when there is none.
std::size_t sequence_length(unsigned char const* p, std::size_t left)
{
    auto const follows = [&](std::size_t i, unsigned char low = 0x80, unsigned char high = 0xbf) {
        return i < left && p[i] >= low && p[i] <= high;
    };
    auto const lead = p[0];
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead <= 0xdf)
        return follows(1) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef) {
        auto const low = static_cast<unsigned char>(lead == 0xe0 ? 0xa0 : 0x80);
        auto const high = static_cast<unsigned char>(lead == 0xed ? 0x9f : 0xbf);
        return follows(1, low, high) && follows(2) ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        auto const low = static_cast<unsigned char>(lead == 0xf0 ? 0x90 : 0x80);
        auto const high = static_cast<unsigned char>(lead == 0xf4 ? 0x8f : 0xbf);
        return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

}  // namespace

bool is_utf8(std::string_view bytes)
{
    auto const* p = reinterpret_cast<unsigned char const*>(bytes.data());
    auto left = bytes.size();
    while (left > 0) {
        std::uint64_t eight = 0;
        while (left >= 8) {  // most text is ASCII: eight bytes at a time
            std::memcpy(&eight, p, 8);
            if (eight & 0x8080808080808080ULL)
                break;
            p += 8;
            left -= 8;
        }
        if (left == 0)
            break;
        auto const length = sequence_length(p, left);
        if (length == 0)
            return false;
        p += length;
        left -= length;
    }
    return true;
}

void append_from_windows_1252(std::string_view bytes, std::string& out)
{
    for (char const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        std::uint32_t const meant =
            byte >= 0x80 && byte < 0xa0 ? kWindows1252[byte - 0x80] : std::uint16_t{0};
        append_code_point(meant != 0 ? meant : std::uint32_t{byte}, out);
    }
}

std::size_t append_from_utf16(std::string_view bytes, bool big_endian, bool is_end, std::string& out)
{
    constexpr std::uint32_t kReplacement = 0xfffd;
    auto const unit = [&](std::size_t at) -> std::uint32_t {
        auto const first = static_cast<unsigned char>(bytes[at]);
        auto const second = static_cast<unsigned char>(bytes[at + 1]);
        return big_endian ? std::uint32_t{first} << 8 | second : std::uint32_t{second} << 8 | first;
    };
    std::size_t at = 0;
    while (at + 1 < bytes.size()) {
        auto const c = unit(at);
        auto const opens_pair = c >= 0xd800 && c < 0xdc00;
        if (opens_pair && at + 3 >= bytes.size() && !is_end)
            return at;
        auto const low = opens_pair && at + 3 < bytes.size() ? unit(at + 2) : 0;
        if (opens_pair && low >= 0xdc00 && low < 0xe000) {
            append_code_point(0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00), out);
            at += 4;
            continue;
        }
        append_code_point(c >= 0xd800 && c < 0xe000 ? kReplacement : c, out);
        at += 2;
    }
    if (is_end && at < bytes.size()) {
        append_code_point(kReplacement, out);
        at = bytes.size();
    }
    return at;
}

}  // namespace riskbild::importers
