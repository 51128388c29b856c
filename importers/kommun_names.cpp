#include "importers/kommun_names.hpp"

#include <algorithm>

#include "geo_core/figure_table.hpp"
#include "geo_core/profile.hpp"
#include "geo_core/text.hpp"
#include "importers/areas/area_file.hpp"

namespace riskbild::importers {
namespace {

constexpr std::size_t kCodeLength = 4;

bool is_digits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// `0380`, `380`, `0380 Uppsala`; else nothing.
std::string code_in(std::string_view label)
{
    auto const first = label.substr(0, label.find(' '));
    if (!is_digits(first) || first.size() > kCodeLength || first.size() + 1 < kCodeLength)
        return {};
    if (first.size() < kCodeLength && first.size() < label.size())
        return {};  // `101 Åkeri` is no code
    return std::string(kCodeLength - first.size(), '0') + std::string{first};
}

std::string_view without_ending(std::string_view name)
{
    for (std::string_view const ending : {" kommun", " stad"})
        if (name.ends_with(ending))
            return name.substr(0, name.size() - ending.size());
    return name;
}

}  // namespace

Result<KommunNames> KommunNames::of(County const& county)
{
    KommunNames names{county};
    for (auto const* const whole : {"riket", "hela riket", "hela landet", "sverige", "00 riket"})
        names.swedish_.emplace(whole, Which::elsewhere);
    auto const file = data_directory() / "figures" / "swedish_kommuner.csv";
    auto const read = for_each_figure(file, {"kommun_code", "kommun", "lan"}, [&](FigureRow const& row) {
        for (auto const& text : row)
            names.swedish_.emplace(lower_case(text), Which::elsewhere);
        return row[0].size() == kCodeLength;
    });
    if (!read && read.error().code != ErrorCode::not_found)
        return Failure{read.error()};
    auto const is_swedish = std::ranges::any_of(
        county.areas.areas(), [&](Area const& area) { return names.swedish_.contains(area.code); });
    if (!is_swedish)
        names.swedish_.clear();  // another country's numbers begin as Swedish codes do
    return names;
}

KommunNames::Named KommunNames::read(std::string_view written) const
{
    auto const label = area_label(written);
    if (auto const named = of_code(label); named.which != Which::unknown)
        return named;
    if (auto const code = code_in(label); !code.empty())
        return of_code(code);
    if (auto const named = of_name(label); named.which != Which::unknown)
        return named;
    auto const lower = lower_case(label);
    auto const name = without_ending(lower);
    if (auto const named = of_name(name); named.which != Which::unknown || !name.ends_with('s'))
        return named;
    return of_name(name.substr(0, name.size() - 1));
}

KommunNames::Named KommunNames::of_code(std::string_view code) const
{
    if (auto const area = county_->areas.by_code(code); area != kNoArea)
        return {Which::own, area};
    return {is_digits(code) && swedish_.contains(std::string{code}) ? Which::elsewhere : Which::unknown};
}

KommunNames::Named KommunNames::of_name(std::string_view name) const
{
    if (auto const area = county_->areas.by_name(name); area != kNoArea)
        return {Which::own, area};
    auto const lower = lower_case(name);
    if (lower == lower_case(county_->profile.county_name))
        return {Which::county};
    return {swedish_.contains(lower) ? Which::elsewhere : Which::unknown};
}

}  // namespace riskbild::importers
