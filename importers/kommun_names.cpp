#include "importers/kommun_names.hpp"

#include <algorithm>
#include <array>

#include "geo_core/figure_table.hpp"
#include "geo_core/profile.hpp"
#include "geo_core/text.hpp"
#include "importers/areas/area_file.hpp"

namespace riskbild::importers {
namespace {

constexpr std::size_t kCodeLength = 4, kLanCodeLength = 2;
constexpr std::string_view kCountryCode = "00";
constexpr std::array<std::string_view, 4> kCountry{"riket", "hela riket", "hela landet", "sverige"};

bool is_country(std::string_view lower)
{
    return std::ranges::find(kCountry, lower) != kCountry.end();
}

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
    for (auto const country : kCountry)
        names.swedish_.emplace(country);
    names.lan_.emplace(kCountryCode, kCountry.front());
    auto const file = data_directory() / "figures" / "swedish_kommuner.csv";
    auto const read =
        for_each_figure(file, {"kommun_code", "kommun", "lan", "lan_code"}, [&](FigureRow const& row) {
            for (std::size_t i = 0; i < 3; ++i)
                names.swedish_.insert(lower_case(row[i]));
            names.lan_.emplace(row[3], lower_case(row[2]));
            return row[0].size() == kCodeLength && row[3].size() == kLanCodeLength;
        });
    if (!read && read.error().code != ErrorCode::not_found)
        return Failure{read.error()};
    auto const is_swedish = std::ranges::any_of(
        county.areas.areas(), [&](Area const& area) { return names.swedish_.contains(area.code); });
    if (!is_swedish) {  // another country's numbers begin as Swedish codes do
        names.swedish_.clear();
        names.lan_.clear();
    }
    return names;
}

KommunNames::Named KommunNames::read(std::string_view written) const
{
    auto const label = area_label(written);
    if (auto const named = of_code(label); named.which != Which::unknown)
        return named;
    if (auto const code = code_in(label); !code.empty())
        return of_code(code);
    if (auto const named = of_lan(label); named.which != Which::unknown)
        return named;
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

// `03`, `03 Uppsala län`, `3 Uppsala län` of a spreadsheet, `03 Uppsala`, `01 Stockholms län`, `00 Riket`;
// nothing where name and code disagree.
KommunNames::Named KommunNames::of_lan(std::string_view label) const
{
    auto const written = label.substr(0, label.find(' '));
    auto const has_lost_zero = written.size() + 1 == kLanCodeLength && label.size() > written.size();
    auto const code = (has_lost_zero ? "0" : "") + std::string{written};
    auto const lan = lan_.find(code);
    if (lan == lan_.end())
        return {};
    auto const name = lower_case(trimmed(label.substr(written.size())));
    auto const agrees = (has_lost_zero ? lan->second == name : lan->second.starts_with(name)) ||
                        (code == kCountryCode && is_country(name));
    return agrees ? of_name(lan->second) : Named{};
}

bool KommunNames::is_beyond(std::string_view written) const
{
    auto name = lower_case(area_label(written));
    if (name.size() > kLanCodeLength && name[kLanCodeLength] == ' ' &&
        lan_.contains(name.substr(0, kLanCodeLength)))
        name.erase(0, kLanCodeLength + 1);
    auto const is_lan = std::ranges::any_of(lan_, [&](auto const& lan) { return name == lan.second; });
    return (is_lan || (is_country(name) && !lan_.empty())) && of_name(name).which == Which::elsewhere;
}

}  // namespace riskbild::importers
