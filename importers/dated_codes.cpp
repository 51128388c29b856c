#include "importers/dated_codes.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "geo_core/profile.hpp"
#include "geo_core/text.hpp"
#include "geo_core/toml_text.hpp"

namespace riskbild::importers {
namespace {

std::string_view without_zeros(std::string_view code)
{
    code = trimmed(code);
    auto const digit = code.find_first_not_of('0');
    return digit == std::string_view::npos ? std::string_view{} : code.substr(digit);
}

}  // namespace

Result<DatedCodes> DatedCodes::from_toml(std::string_view text, std::string_view file_name)
{
    auto const wrong = [&](std::string const& what) {
        return fail(ErrorCode::unreadable, fmt::format("{}: {}", file_name, what));
    };
    auto parsed = parse_toml(text, file_name);
    if (!parsed)
        return Failure{parsed.error()};
    auto& table = *parsed;
    DatedCodes made;
    made.title_ = table["title"].value_or(std::string{});
    auto* const entries = table["code"].as_array();
    if (entries == nullptr || made.title_.empty())
        return wrong("lacks title, or has no [[code]]");
    for (auto& node : *entries) {
        toml::node_view<toml::node> entry{node};
        Meaning const meaning{entry["kind"].value_or(std::string{}),
                              entry["from"].value_or(std::numeric_limits<int>::min()),
                              entry["until"].value_or(std::numeric_limits<int>::max())};
        auto* const codes = entry["codes"].as_array();
        if (meaning.kind.empty() || codes == nullptr || meaning.from > meaning.until)
            return wrong("a [[code]] lacks kind or codes, or ends before it begins");
        for (auto& code : *codes) {
            auto const written = code.value<std::string>();
            if (!written || without_zeros(*written).empty())
                return wrong(fmt::format("a code of {} is no text of digits", meaning.kind));
            auto& known = made.meanings_[std::string{without_zeros(*written)}];
            if (std::ranges::any_of(known, [&](Meaning const& other) {
                    return other.from <= meaning.until && meaning.from <= other.until;
                }))
                return wrong(fmt::format("the code {} has two kinds at once", *written));
            known.push_back(meaning);
        }
    }
    return made;
}

Result<DatedCodes> DatedCodes::load(std::string const& name)
{
    auto const text = read_data_file("kinds/" + name + ".toml");
    if (!text)
        return Failure{text.error()};
    return from_toml(*text, name + ".toml");
}

std::optional<std::string> DatedCodes::kind(std::string_view code, LocalDate when) const
{
    auto const found = meanings_.find(without_zeros(code));
    if (found == meanings_.end())
        return std::nullopt;
    auto const year = static_cast<int>(date::year_month_day{when}.year());
    for (auto const& meaning : found->second)
        if (meaning.from <= year && year <= meaning.until)
            return meaning.kind;
    return std::nullopt;
}

bool DatedCodes::knows(std::string_view code) const
{
    return meanings_.contains(without_zeros(code));
}

std::vector<std::string> DatedCodes::kinds() const
{
    std::set<std::string> all;
    for (auto const& [code, meanings] : meanings_)
        for (auto const& meaning : meanings)
            all.insert(meaning.kind);
    return {all.begin(), all.end()};
}

}  // namespace riskbild::importers
