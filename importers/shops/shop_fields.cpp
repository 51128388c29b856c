#include "importers/shops/shop_fields.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/area.hpp"
#include "geo_core/text.hpp"

namespace riskbild::importers {
namespace {

using Headings = std::vector<std::string>;

std::optional<std::size_t> find(Headings const& lower, std::initializer_list<std::string_view> known)
{
    for (auto const name : known)
        if (auto const at = std::ranges::find(lower, name); at != lower.end())
            return static_cast<std::size_t>(at - lower.begin());
    return std::nullopt;
}

template <std::size_t N>
bool is_one_of(std::array<std::string_view, N> const& words, std::string const& word)
{
    return std::ranges::find(words, word) != words.end();
}

}  // namespace

Result<ShopColumns> shop_columns(Headings const& headings, SecurityPoints const& points,
                                 std::string const& file)
{
    Headings lower;
    for (auto const& heading : headings)
        lower.push_back(lower_case(trimmed(heading)));
    auto const name = find(lower, {"namn", "butik", "butiksnamn", "butikens namn", "name"});
    if (!name)
        return fail(
            ErrorCode::unreadable,
            fmt::format("{} has no column that tells the shop's name, such as namn or butik; it has {}", file,
                        fmt::join(headings, ", ")),
            "files");
    ShopColumns columns{
        .name = *name,
        .id = find(lower, {"butiks-id", "butiksid", "butiksnr", "butiksnummer", "nr", "id", "shop_id"}),
        .kind = find(lower, {"typ", "bransch", "slag", "kategori", "kind"}),
        .chain = find(lower, {"kedja", "chain"}),
        .address = find(lower, {"adress", "gatuadress", "besöksadress", "address"}),
        .postcode = find(lower, {"postnummer", "postnr", "postcode"}),
        .locality = find(lower, {"ort", "postort", "locality"}),
        .kommun = find(lower, {"kommun", "kommunkod"}),
        .lng = find(lower, {"longitud", "longitude", "lng", "lon", "long"}),
        .lat = find(lower, {"latitud", "latitude", "lat"}),
        .east = find(lower, {"sweref öst", "sweref99 öst", "öst", "east"}),
        .north = find(lower, {"sweref nord", "sweref99 nord", "nord", "north"}),
        .certified_from =
            find(lower, {"certifierad", "certifierad från", "certifierad den", "certifieringsdatum",
                         "godkänd", "godkänd den", "certified on", "certified_from"}),
        .certified_to = find(lower, {"certifierad till", "giltig till", "gäller till", "certified_to"}),
        .inspected =
            find(lower, {"besiktigad", "besiktigad den", "besiktningsdatum", "kontrollerad", "inspected"}),
        .points = std::vector<std::optional<std::size_t>>(points.points().size())};
    for (std::size_t i = 0; i < lower.size(); ++i)
        if (auto const point = points.of_heading(lower[i]); point && !columns.points[*point])
            columns.points[*point] = i;
    return columns;
}

std::optional<PointAnswer> parse_point_answer(std::string_view written)
{
    constexpr std::array<std::string_view, 10> kMet{"ja",       "j",        "x",   "1",    "ok",
                                                    "uppfylld", "uppfyllt", "yes", "true", "sant"};
    constexpr std::array<std::string_view, 9> kNotMet{"nej",         "n",  "0",     "ej",    "saknas",
                                                      "ej uppfylld", "no", "false", "falskt"};
    constexpr std::array<std::string_view, 7> kNotSeen{
        "", "-", "–", "?", "ej kontrollerad", "ej aktuellt", "vet ej"};
    auto const word = lower_case(trimmed(written));
    if (is_one_of(kMet, word))
        return PointAnswer{1.0};
    if (is_one_of(kNotMet, word))
        return PointAnswer{0.0};
    if (word == "delvis")
        return PointAnswer{0.5};
    return is_one_of(kNotSeen, word) ? std::optional{PointAnswer{}} : std::nullopt;
}

std::optional<LocalDate> parse_register_date(std::string_view written)
{
    constexpr std::size_t kDate = 10;
    auto const text = trimmed(written);
    if (text.size() > kDate && text[kDate] != ' ' && text[kDate] != 'T')
        return std::nullopt;
    return parse_date(text.substr(0, kDate));
}

}  // namespace riskbild::importers
