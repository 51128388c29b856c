#include "importers/file_guess.hpp"

#include <algorithm>
#include <string_view>

#include "geo_core/text.hpp"

namespace riskbild::importers {
namespace {

constexpr std::size_t kBeginning = std::size_t{64} << 10;

std::string beginning_of(ByteSource& source)
{
    std::string bytes(kBeginning, '\0');
    std::size_t held = 0;
    while (held < bytes.size()) {
        auto const n = source.read({bytes.data() + held, bytes.size() - held});
        if (!n || *n == 0)
            break;
        held += *n;
    }
    bytes.resize(held);
    return bytes;
}

bool is_gtfs(ByteSource& source)
{
    auto const zip = source.is_zip();
    if (!zip || !*zip)
        return false;
    auto const members = source.members();
    return members && std::ranges::any_of(*members, [](ArchiveMember const& member) {
               return member.name == "stops.txt" || member.name.ends_with("/stops.txt");
           });
}

// Its first block says so, behind four bytes of length.
bool is_osm(std::string_view bytes)
{
    return bytes.substr(0, 32).find("OSMHeader") != std::string_view::npos;
}

// The header comes first, with the version of the form in text: 0a <length> 0a 03 "2.0".
bool is_binary_feed(std::string_view bytes)
{
    return bytes.size() > 7 && bytes[0] == '\x0a' && bytes[2] == '\x0a' && bytes[3] == '\x03' &&
           (bytes.substr(4, 3) == "1.0" || bytes.substr(4, 3) == "2.0");
}

bool is_json_feed(std::string_view text)
{
    return text.starts_with('{') && text.find("\"header\"") != std::string_view::npos &&
           (text.find("\"gtfs_realtime_version\"") != std::string_view::npos ||
            text.find("\"gtfsRealtimeVersion\"") != std::string_view::npos);
}

bool is_open311(std::string_view text)
{
    auto const is_json = text.starts_with('[') || text.starts_with('{');
    return is_json ? text.find("\"service_request_id\"") != std::string_view::npos &&
                         text.find("\"requested_datetime\"") != std::string_view::npos
                   : text.starts_with('<') && text.find("<service_requests") != std::string_view::npos;
}

}  // namespace

std::optional<std::string> source_by_content(ByteSource& source)
{
    if (is_gtfs(source))
        return "gtfs";
    auto const bytes = beginning_of(source);
    if (auto const again = source.rewind(); !again)
        return std::nullopt;
    auto const text = trimmed(std::string_view{bytes}.substr(bytes.starts_with("\xef\xbb\xbf") ? 3 : 0));
    if (is_osm(bytes))
        return "osm";
    if (is_binary_feed(bytes) || is_json_feed(text))
        return "gtfs-rt";
    if (is_open311(text))
        return "open311";
    return std::nullopt;
}

}  // namespace riskbild::importers
