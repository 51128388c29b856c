#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "importers/readers/archive.hpp"
#include "importers/readers/byte_source.hpp"

using namespace riskbild;
using namespace riskbild::importers;

namespace {

constexpr std::uint64_t kMost = 1 << 20;

std::uint64_t bytes_of(ByteSource& source)
{
    std::array<char, 4096> chunk{};
    std::uint64_t total = 0;
    while (true) {
        auto const n = source.read(chunk);
        if (!n || *n == 0)
            return total;
        total += *n;
        if (total > kMost)
            std::abort();
    }
}

}  // namespace

// Whatever an archive says of itself, no more comes out than is allowed, and no name leads out of it.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto source = ByteSource::from_memory("fuzz", {reinterpret_cast<char const*>(data), size},
                                          {.bytes = kMost, .expansion = 50, .always_allowed = 1 << 16});
    auto const first = bytes_of(source);
    if (source.rewind() && bytes_of(source) != first)
        std::abort();
    if (auto const zip = source.is_zip(); !zip || !*zip)
        return 0;
    static_cast<void>(source.check_members(kMost));
    auto const members = source.members();
    if (!members)
        return 0;
    for (auto const& member : *members) {
        if (('/' + member.name + '/').find("/../") != std::string::npos || member.name.starts_with('/'))
            std::abort();
        if (auto opened = source.member(member.name))
            bytes_of(*opened);
    }
    return 0;
}
