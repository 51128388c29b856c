#include "importers/figures/figure_fields.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/area.hpp"
#include "geo_core/figure.hpp"
#include "geo_core/text.hpp"

namespace riskbild::importers {
namespace {

struct AreaHeading {
    std::string_view heading, set;
    bool is_code;
};

constexpr std::array kAreaHeadings{AreaHeading{"kommunkod", kOwnAreas, true},
                                   AreaHeading{"kommun_kod", kOwnAreas, true},
                                   AreaHeading{"kommun_code", kOwnAreas, true},
                                   AreaHeading{"regsokod", "regso", true},
                                   AreaHeading{"regso_kod", "regso", true},
                                   AreaHeading{"desokod", "deso", true},
                                   AreaHeading{"deso_kod", "deso", true},
                                   AreaHeading{"deso", "deso", true},
                                   AreaHeading{"områdeskod", "", true},
                                   AreaHeading{"geoid", "", true},
                                   AreaHeading{"kod", "", true},
                                   AreaHeading{"code", "", true},
                                   AreaHeading{"kommun", kOwnAreas, false},
                                   AreaHeading{"kommunnamn", kOwnAreas, false},
                                   AreaHeading{"regso", "regso", false},
                                   AreaHeading{"regso_name", "regso", false},
                                   AreaHeading{"regsonamn", "regso", false},
                                   AreaHeading{"område", "", false},
                                   AreaHeading{"polisområde", "", false},
                                   AreaHeading{"lokalpolisområde", "", false},
                                   AreaHeading{"stadsdel", "", false},
                                   AreaHeading{"area", "", false},
                                   AreaHeading{"name", "", false},
                                   AreaHeading{"namn", "", false}};

struct ValueHeading {
    std::string_view heading, measure, unit;
};

constexpr std::array kValueHeadings{ValueHeading{"antal", "reported_offences", "number"},
                                    ValueHeading{"anmälda brott", "reported_offences", "number"},
                                    ValueHeading{"per 100 000 inv.", "reported_offences", "per 100 000"},
                                    ValueHeading{"per 100 000 inv", "reported_offences", "per 100 000"},
                                    ValueHeading{"per 100 000", "reported_offences", "per 100 000"},
                                    ValueHeading{"per 100000 inv", "reported_offences", "per 100 000"},
                                    ValueHeading{"total_population", "population", "persons"},
                                    ValueHeading{"population", "population", "persons"},
                                    ValueHeading{"befolkning", "population", "persons"},
                                    ValueHeading{"folkmängd", "population", "persons"},
                                    ValueHeading{"invånare", "population", "persons"},
                                    ValueHeading{"total_dwellings", "dwellings", "number"},
                                    ValueHeading{"bostäder", "dwellings", "number"},
                                    ValueHeading{"andel", "survey_share", "%"},
                                    ValueHeading{"andel (%)", "survey_share", "%"},
                                    ValueHeading{"share", "survey_share", "%"},
                                    ValueHeading{"procent", "survey_share", "%"},
                                    ValueHeading{"värde", "", ""},
                                    ValueHeading{"value", "", ""}};

constexpr std::array<std::string_view, 6> kAbout{"fråga",     "question", "brott",
                                                 "brottstyp", "offence",  "about"};
constexpr std::array<std::string_view, 2> kYear{"år", "year"};
constexpr std::array<std::string_view, 4> kN{"n", "antal svar", "antal svarande", "respondents"};
constexpr std::array<std::string_view, 5> kLow{"låg", "lower", "low", "nedre", "ki nedre"};
constexpr std::array<std::string_view, 5> kHigh{"hög", "upper", "high", "övre", "ki övre"};
constexpr std::array<std::string_view, 3> kInterval{"intervall", "konfidensintervall", "interval"};

using Headings = std::vector<std::string>;

template <class Known>
std::optional<std::size_t> column_of(Headings const& lower, Known const& known)
{
    for (std::size_t i = 0; i < lower.size(); ++i)
        if (std::ranges::find(known, lower[i]) != known.end())
            return i;
    return std::nullopt;
}

// The area: by code before by name, in the order of the table above.
bool find_area(Headings const& lower, FigureColumns& columns)
{
    for (auto const& [heading, set, is_code] : kAreaHeadings) {
        auto const found = std::ranges::find(lower, heading);
        if (found == lower.end())
            continue;
        columns.area = static_cast<std::size_t>(found - lower.begin());
        columns.area_set = set;
        columns.area_is_code = is_code;
        return true;
    }
    return false;
}

void find_area_name(Headings const& lower, FigureColumns& columns)
{
    if (!columns.area_is_code)
        return;
    for (auto const& [heading, set, is_code] : kAreaHeadings)
        if (auto const found = std::ranges::find(lower, heading); !is_code && found != lower.end()) {
            columns.area_name = static_cast<std::size_t>(found - lower.begin());
            return;
        }
}

constexpr std::string_view kNoBreakSpaces[] = {"\xc2\xa0", "\xe2\x80\xaf"};

std::string without_blanks(std::string_view text)
{
    std::string plain;
    for (auto rest = text; !rest.empty();) {
        auto const space = std::ranges::find_if(
            kNoBreakSpaces, [&](std::string_view wide) { return rest.starts_with(wide); });
        auto const bytes = space == std::end(kNoBreakSpaces) ? 1 : space->size();
        if (bytes == 1 && rest.front() != ' ' && rest.front() != '\t')
            plain += rest.front();
        rest.remove_prefix(bytes);
    }
    return plain;
}

}  // namespace

Result<FigureColumns> figure_columns(std::vector<std::string> const& headings, std::string const& measure,
                                     std::string const& file)
{
    Headings lower;
    for (auto const& heading : headings)
        lower.push_back(lower_case(trimmed(heading)));
    FigureColumns columns;
    auto const lacks = [&](std::string_view what) {
        return fail(
            ErrorCode::unreadable,
            fmt::format("{} has no column that tells {}; it has {}", file, what, fmt::join(headings, ", ")),
            "files");
    };
    if (!find_area(lower, columns))
        return lacks("the area, such as kommun, kommunkod, regso_name, område or kod");
    find_area_name(lower, columns);
    columns.n = column_of(lower, kN);
    for (auto const& [heading, known, unit] : kValueHeadings)
        for (std::size_t i = 0; i < lower.size(); ++i)
            if (lower[i] == heading && (!measure.empty() || !known.empty()))
                columns.values.push_back(
                    {i, measure.empty() ? std::string{known} : measure, std::string{unit}});
    if (columns.values.empty())
        return lacks(
            "the number, such as Antal, Per 100 000 inv., population, andel; or värde together with "
            "--measure");
    std::ranges::sort(columns.values, {}, &ValueColumn::index);
    columns.about = column_of(lower, kAbout);
    columns.year = column_of(lower, kYear);
    columns.low = column_of(lower, kLow);
    columns.high = column_of(lower, kHigh);
    columns.interval = column_of(lower, kInterval);
    return columns;
}

std::optional<WrittenNumber> parse_figure(std::string_view written)
{
    auto text = without_blanks(written);
    if (text.ends_with('%'))
        text.pop_back();
    if (text.empty() || text == "-" || text == "–" || text == "." || text == ".." || text == "...")
        return WrittenNumber{};
    std::ranges::replace(text, ',', '.');
    auto const number = parse_number(text);
    if (!number || !std::isfinite(*number))
        return std::nullopt;
    return WrittenNumber{number};
}

std::optional<std::pair<double, double>> parse_interval(std::string_view written)
{
    auto text = without_blanks(written);
    std::erase_if(text, [](char c) { return c == '[' || c == ']' || c == '(' || c == ')'; });
    for (std::string_view const between : {"–", ";", "-"}) {
        auto const at = text.find(between, 1);
        if (at == std::string::npos)
            continue;
        auto const low = parse_figure(text.substr(0, at)),
                   high = parse_figure(text.substr(at + between.size()));
        if (low && high && low->value && high->value && *low->value <= *high->value)
            return std::pair{*low->value, *high->value};
        return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace riskbild::importers
