#include "importers/gtfs/stop_name.hpp"

#include <algorithm>

#include "geo_core/text.hpp"

namespace riskbild::importers {
namespace {

constexpr std::size_t kCutAt = 40;

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// Takes `(…)` from the end. Nothing where the text does not end so.
std::optional<std::string> take_parenthesis(std::string_view& text)
{
    text = trimmed(text);
    auto const opening = text.rfind('(');
    if (!text.ends_with(')') || opening == std::string_view::npos)
        return std::nullopt;
    std::string inside{trimmed(text.substr(opening + 1, text.size() - opening - 2))};
    text = trimmed(text.substr(0, opening));
    return inside;
}

// What stands behind a parenthesis that nothing closes.
std::optional<std::string> take_open_parenthesis(std::string_view& text)
{
    auto const opening = text.rfind('(');
    if (opening == std::string_view::npos || text.find(')', opening) != std::string_view::npos)
        return std::nullopt;
    std::string inside{trimmed(text.substr(opening + 1))};
    text = trimmed(text.substr(0, opening));
    return inside;
}

AreaId only_area_beginning(std::string_view beginning, AreaSet const& areas)
{
    auto found = kNoArea;
    if (beginning.empty())
        return found;
    for (std::size_t i = 0; i < areas.areas().size(); ++i)
        if (lower_case(areas.areas()[i].name).starts_with(lower_case(beginning))) {
            if (found != kNoArea)
                return kNoArea;
            found = AreaId{static_cast<std::uint16_t>(i)};
        }
    return found;
}

}  // namespace

StopName parse_stop_name(std::string_view written, AreaSet const& areas)
{
    StopName stop;
    auto rest = trimmed(written);
    stop.cut_off = characters(written) >= kCutAt;
    if (stop.cut_off)
        if (auto const open = take_open_parenthesis(rest))
            stop.area = only_area_beginning(*open, areas);
    if (stop.area == kNoArea) {
        auto const before = rest;
        if (auto const last = take_parenthesis(rest)) {
            stop.area = areas.by_name(*last);
            if (stop.area == kNoArea)
                rest = before;
        }
    }
    if (auto locality = take_parenthesis(rest))
        stop.locality = std::move(*locality);
    stop.name = rest.empty() ? std::string{trimmed(written)} : std::string{rest};
    return stop;
}

}  // namespace riskbild::importers
