#include "importers/shops/security_points.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "geo_core/area.hpp"
#include "geo_core/profile.hpp"
#include "geo_core/text.hpp"
#include "geo_core/toml_text.hpp"

namespace riskbild::importers {
namespace {

constexpr char const* kFile = "security_points.toml";

// `punkt 7`, `p7`, `7`, `7. larm`: the number, and nothing where there is none in front.
std::optional<int> number_in_front(std::string_view heading)
{
    for (std::string_view const word : {"punkt", "point", "p"})
        if (heading.starts_with(word)) {
            heading.remove_prefix(word.size());
            break;
        }
    heading = trimmed(heading);
    auto const number = take_number(heading, 1, 2);
    auto const ends =
        heading.empty() || heading.front() == '.' || heading.front() == ' ' || heading.front() == ':';
    return number && ends ? number : std::nullopt;
}

}  // namespace

Result<SecurityPoints> SecurityPoints::from_toml(std::string_view text, std::string_view file_name)
{
    auto const wrong = [&](std::string const& what) {
        return fail(ErrorCode::unreadable, fmt::format("{}: {}", file_name, what));
    };
    auto parsed = parse_toml(text, file_name);
    if (!parsed)
        return Failure{parsed.error()};
    auto& table = *parsed;
    SecurityPoints made;
    if (auto* const points = table["point"].as_array())
        for (auto& node : *points) {
            toml::node_view<toml::node> point{node};
            SecurityPoint read{.number = point["number"].value_or(0),
                               .sv = point["sv"].value_or(std::string{}),
                               .en = point["en"].value_or(std::string{})};
            if (auto const* const words = point["words"].as_array())
                for (auto const& word : *words)
                    read.words.push_back(lower_case(word.value_or(std::string_view{})));
            if (read.number != static_cast<int>(made.points_.size()) + 1 || read.sv.empty() ||
                read.en.empty())
                return wrong(fmt::format("point {} lacks sv or en, or is not number {}", read.number,
                                         made.points_.size() + 1));
            made.points_.push_back(std::move(read));
        }
    if (made.points_.empty())
        return wrong("has no [[point]]");
    return made;
}

Result<SecurityPoints> SecurityPoints::load()
{
    auto const text = read_data_file("shops/" + std::string{kFile});
    if (!text)
        return Failure{text.error()};
    return from_toml(*text, kFile);
}

std::optional<std::size_t> SecurityPoints::of_heading(std::string_view heading) const
{
    auto const lower = lower_case(trimmed(heading));
    if (auto const number = number_in_front(lower)) {
        auto const index = static_cast<std::size_t>(*number) - 1;
        return *number >= 1 && index < points_.size() ? std::optional{index} : std::nullopt;
    }
    for (std::size_t i = 0; i < points_.size(); ++i)
        if (std::ranges::any_of(points_[i].words, [&](auto const& word) { return lower.starts_with(word); }))
            return i;
    return std::nullopt;
}

}  // namespace riskbild::importers
