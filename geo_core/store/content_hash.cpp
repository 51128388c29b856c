#include "geo_core/store/content_hash.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <span>
#include <stdexcept>

namespace riskbild::store {

namespace {

/// Bits that one character of base 32 carries.
constexpr int kBitsPerCharacter = 5;

/// Lets libsodium choose the fastest code for this processor, once.
void start_sodium()
{
    static bool const started = sodium_init() >= 0;
    if (!started) {
        throw std::runtime_error("libsodium does not start: the system gives no random numbers");
    }
}

}  // namespace

ContentHash content_hash(std::string_view content)
{
    start_sodium();
    ContentHash hash;
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                       reinterpret_cast<unsigned char const*>(content.data()), content.size(), nullptr, 0);
    return hash;
}

std::string to_hex(ContentHash const& hash)
{
    std::string text;
    for (auto const byte : hash) {
        text += fmt::format("{:02x}", std::to_integer<unsigned>(byte));
    }
    return text;
}

std::uint64_t public_number(ReportKey const& key)
{
    // A source has no line break in its name, so two keys never give one text.
    auto const hash = content_hash(key.source + '\n' + key.source_id);
    std::uint64_t number = 0;
    for (auto const byte : std::span(hash).first<8>()) {
        number = number << 8 | std::to_integer<std::uint64_t>(byte);
    }
    return number >> (64 - kPublicIdLength * kBitsPerCharacter);
}

std::string public_id(std::uint64_t number, int length)
{
    static constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string id;
    for (int i = 0; i < length; ++i) {
        id += kDigits[number >> ((kPublicIdLength - 1 - i) * kBitsPerCharacter) & 31U];
    }
    return id;
}

std::string random_epoch()
{
    start_sodium();
    std::array<unsigned char, 8> bytes;
    randombytes_buf(bytes.data(), bytes.size());
    std::string text;
    for (auto const byte : bytes) {
        text += fmt::format("{:02x}", byte);
    }
    return text;
}

}  // namespace riskbild::store
