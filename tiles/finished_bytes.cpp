#include "tiles/finished_bytes.hpp"

#include <cstdint>
#include <memory>

#include <fmt/format.h>
#include <libdeflate.h>

namespace riskbild::tiles {

namespace {

// Level 6 of libdeflate gives the bytes of zlib's 6 in 40 % of the time; higher levels gain under 1 % here.
constexpr int kLevel = 6;

struct FreeCompressor {
    void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};

}  // namespace

// Two lanes of 64 bits of multiply and xor-shift.
std::string name_of_bytes(std::string_view bytes)
{
    constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15ULL;
    auto a = std::uint64_t{0x243f6a8885a308d3} ^ bytes.size();
    auto b = std::uint64_t{0x13198a2e03707344} + bytes.size();
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
        std::uint64_t word = 0;
        for (std::size_t j = 0; j < 8 && i + j < bytes.size(); ++j) {
            word |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i + j])) << (8 * j);
        }
        a = (a ^ word) * kOdd;
        a ^= a >> 29;
        b = (b + word) * 0xff51afd7ed558ccdULL;
        b ^= b >> 32;
    }
    return fmt::format("{:016x}{:016x}", a ^ (b >> 31), b ^ (a << 17));
}

std::string gzipped(std::string_view bytes)
{
    thread_local auto const compressor =
        std::unique_ptr<libdeflate_compressor, FreeCompressor>{libdeflate_alloc_compressor(kLevel)};
    if (!compressor) {
        return {};
    }
    auto packed = std::string(libdeflate_gzip_compress_bound(compressor.get(), bytes.size()), '\0');
    packed.resize(
        libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(), packed.data(), packed.size()));
    packed.shrink_to_fit();
    return packed.size() < bytes.size() * 9 / 10 ? packed : std::string{};
}

}  // namespace riskbild::tiles
