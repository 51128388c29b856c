#include "importers/shops/shops_importer.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "geo_core/text.hpp"
#include "importers/geocode/locate.hpp"
#include "importers/geocode/street_name.hpp"
#include "importers/import_tally.hpp"
#include "importers/kommun_names.hpp"
#include "importers/place_tally.hpp"
#include "importers/points/border_margin.hpp"
#include "importers/readers/json_value.hpp"
#include "importers/readers/open_table.hpp"
#include "importers/readers/row_payload.hpp"
#include "importers/shops/shop_fields.hpp"

namespace riskbild::importers {
namespace {

constexpr char const* kSource = "shops";
constexpr int kSweref = 3006;

std::string next_day(LocalDate day)
{
    return to_text(day + date::days{1});
}

class RegisterImport {
public:
    RegisterImport(County const& county, KommunNames const& kommuner, Gazetteer const& gazetteer,
                   SecurityPoints const& points, ShopColumns columns, std::string source, PlaceTally& tally)
        : county_(county),
          kommuner_(kommuner),
          gazetteer_(gazetteer),
          points_(points),
          columns_(std::move(columns)),
          source_(std::move(source)),
          tally_(tally),
          margin_(county)
    {
    }

    Result<void> take(RecordTable const& table)
    {
        row_ = table.row();
        fields_ = table.fields();
        payload_ = row_payload(table);
        if (auto const fault = table.fault())
            return refuse("", fault->reason, fault->message);
        NamedPlace shop{.source = source_,
                        .sort = PlaceSort::shop,
                        .kind = std::string{at(columns_.kind)},
                        .name = std::string{at(columns_.name)}};
        auto const& headings = table.columns();
        if (shop.name.empty())
            return refuse(headings[columns_.name], "no_name", "the shop has no name, expected one");
        auto const inspection = read_inspection(headings);
        if (!inspection)
            return tally_.set_aside(row_, with_payload(inspection.error()));
        fill_address(shop);
        shop.source_key = columns_.id && !at(columns_.id).empty()
                              ? std::string{at(columns_.id)}
                              : fmt::format("{} | {}", shop.name, address());
        auto const is_placed = place(shop, headings);
        if (!is_placed)
            return tally_.set_aside(row_, with_payload(is_placed.error()));
        if (!*is_placed) {
            tally_.outside();
            return {};
        }
        shop.attributes = attributes_of(*inspection);
        doubts_ += shop.doubt.empty() ? 0 : 1;
        auto const& id_heading = headings[columns_.id.value_or(columns_.name)];
        if (!seen_.agree(shop.source_key, payload_))
            return tally_.set_aside(row_, duplicate_id(shop.source_key, id_heading, payload_));
        if (auto const put = tally_.put(shop, row_, id_heading, payload_); !put)
            return put;
        return put_figures(shop, *inspection);
    }

    void note() const
    {
        auto const tell = [&](std::uint64_t count, char const* what) {
            if (count > 0)
                tally_.note(fmt::format("{}: {}", what, rows_text(count)));
        };
        tell(looked_up_, "without a position, found by their address");
        tell(without_point_, "without a position that could be found; kept without a point");
        tell(doubts_, "whose position lies elsewhere than in the kommun named; each says so");
        tell(without_date_,
             "with points but no date of certification or inspection: the points are kept with the shop, "
             "not as figures");
    }

private:
    using Column = std::optional<std::size_t>;

    struct Inspection {
        std::optional<LocalDate> from, to, inspected;
        std::vector<std::optional<double>> met;  // of each point
        [[nodiscard]] std::optional<LocalDate> day() const { return inspected ? inspected : from; }
    };

    [[nodiscard]] std::string_view at(Column column) const
    {
        return column && *column < fields_.size() ? trimmed(fields_[*column]) : std::string_view{};
    }

    RowProblem with_payload(RowProblem problem) const
    {
        problem.payload = payload_;
        return problem;
    }
    Result<void> refuse(std::string column, std::string reason, std::string message)
    {
        return tally_.set_aside(row_, {std::move(column), std::move(reason), std::move(message), payload_});
    }

    [[nodiscard]] tl::expected<Inspection, RowProblem> read_inspection(
        std::vector<std::string> const& headings) const
    {
        Inspection read;
        for (auto const& [column, into] :
             {std::pair{columns_.certified_from, &read.from}, std::pair{columns_.certified_to, &read.to},
              std::pair{columns_.inspected, &read.inspected}}) {
            auto const written = at(column);
            if (written.empty() || written == "-" || lower_case(written) == "nej")
                continue;
            *into = parse_register_date(written);
            if (!*into)
                return tl::unexpected{RowProblem{
                    headings[*column], "bad_time",
                    fmt::format("the date is \"{}\", expected such as 2024-03-01", shortened(written))}};
        }
        if (read.from && read.to && *read.to < *read.from)
            return tl::unexpected{RowProblem{headings[*columns_.certified_to], "bad_time",
                                             fmt::format("certified until {}, which is before {}",
                                                         to_text(*read.to), to_text(*read.from))}};
        for (auto const& column : columns_.points) {
            auto const answer = parse_point_answer(at(column));
            if (!answer)
                return tl::unexpected{
                    RowProblem{headings[*column], "bad_point",
                               fmt::format("the answer is \"{}\", expected ja, nej, delvis or nothing",
                                           shortened(at(column)))}};
            read.met.push_back(answer->met);
        }
        return read;
    }

    [[nodiscard]] std::string address() const
    {
        auto text = std::string{at(columns_.address)};
        auto const area = fmt::format("{} {}", at(columns_.postcode), at(columns_.locality));
        if (auto const end = trimmed(area); !end.empty())
            text += fmt::format("{}{}", text.empty() ? "" : ", ", end);
        return text;
    }

    void fill_address(NamedPlace& shop) const
    {
        auto written = parse_address(address());
        shop.street = std::move(written.street);
        shop.house_number = std::move(written.house_number);
        shop.postcode = std::move(written.postcode);
        shop.locality =
            at(columns_.locality).empty() ? std::move(written.locality) : std::string{at(columns_.locality)};
    }

    // What the row calls its kommun; where it says nothing, a shop of the county.
    [[nodiscard]] KommunNames::Named named_kommun() const
    {
        auto const written = at(columns_.kommun);
        return written.empty() || written == "-" ? KommunNames::Named{KommunNames::Which::county}
                                                 : kommuner_.read(written);
    }

    // \return whether the shop lies in the county
    tl::expected<bool, RowProblem> place(NamedPlace& shop, std::vector<std::string> const& headings)
    {
        auto const [which, named] = named_kommun();
        if (which == KommunNames::Which::elsewhere)
            return false;
        if (which == KommunNames::Which::unknown)
            return tl::unexpected{
                RowProblem{headings[*columns_.kommun], "unknown_place",
                           fmt::format("\"{}\" is no kommun that is known, expected a name or "
                                       "code such as {}",
                                       shortened(at(columns_.kommun)), example_kommun())}};
        shop.area = named;
        auto const degrees = read_position(headings);
        if (!degrees)
            return tl::unexpected{degrees.error()};
        if (!*degrees) {
            look_up(shop);
            return true;
        }
        if (!county_.profile.accepted_box.contains(**degrees))
            return named == kNoArea
                       ? tl::expected<bool, RowProblem>{false}
                       : tl::unexpected{RowProblem{
                             headings[columns_.lng ? *columns_.lng : *columns_.east], "outside_box",
                             fmt::format("the position lies outside the county, though the shop "
                                         "is said to be in {}",
                                         county_.areas[named].name)}};
        auto const point = county_.profile.crs.metres(**degrees);
        auto const found = county_.areas.at(point);
        if (found == kNoArea && !margin_.may_lie_in_any(point))
            return false;
        shop.point = point;
        if (named != kNoArea && found != named && !margin_.may_lie_in(point, named))
            shop.doubt = fmt::format("said to be in {}, lies {}", county_.areas[named].name,
                                     found == kNoArea ? std::string{"outside the county"}
                                                      : fmt::format("in {}", county_.areas[found].name));
        shop.area = named == kNoArea || !shop.doubt.empty() ? found : named;
        return true;
    }

    [[nodiscard]] std::string example_kommun() const
    {
        auto const areas = county_.areas.areas();
        return areas.empty() ? std::string{"0380"} : fmt::format("{} or {}", areas[0].name, areas[0].code);
    }

    // No position where the fields are empty.
    [[nodiscard]] tl::expected<std::optional<LngLat>, RowProblem> read_position(
        std::vector<std::string> const& headings) const
    {
        auto const is_degrees = columns_.lng && columns_.lat && !at(columns_.lng).empty();
        auto const& first = is_degrees ? columns_.lng : columns_.east;
        auto const& second = is_degrees ? columns_.lat : columns_.north;
        if (!first || !second || (at(first).empty() && at(second).empty()))
            return std::nullopt;
        auto const number = [&](Column column) {
            auto text = std::string{at(column)};
            std::ranges::replace(text, ',', '.');
            return parse_number(text);
        };
        auto const x = number(first), y = number(second);
        if (!x || !y || !std::isfinite(*x) || !std::isfinite(*y))
            return tl::unexpected{
                RowProblem{headings[*first], "bad_position",
                           fmt::format("the position is \"{}\", \"{}\", expected two numbers",
                                       shortened(at(first)), shortened(at(second)))}};
        LngLat degrees{*x, *y};
        if (!is_degrees) {
            MapPoint const metres{*x, *y};
            if (!to_degrees(kSweref, {&metres, 1}, {&degrees, 1}) || !std::isfinite(degrees.lng))
                return tl::unexpected{RowProblem{headings[*first], "bad_position",
                                                 fmt::format("{}, {} is no place of SWEREF 99 TM", *x, *y)}};
        }
        return degrees;
    }

    void look_up(NamedPlace& shop)
    {
        auto const found =
            locate(gazetteer_,
                   {.address = at(columns_.address),
                    .locality = at(columns_.locality),
                    .kommun = shop.area == kNoArea ? std::string_view{} : county_.areas[shop.area].name});
        if (auto const point = point_of(found.place);
            point && precision_of(found.place) == Precision::address) {
            shop.point = point;
            ++looked_up_;
        } else {
            ++without_point_;
        }
        if (auto const area = area_of(found.place); shop.area == kNoArea)
            shop.area = area;
    }

    [[nodiscard]] std::string attributes_of(Inspection const& inspection) const
    {
        JsonTexts members;
        auto const day = [](std::optional<LocalDate> const& date) {
            return date ? to_text(*date) : std::string{};
        };
        members.add_told("chain", at(columns_.chain));
        members.add_told("certified_from", day(inspection.from));
        members.add_told("certified_to", day(inspection.to));
        members.add_told("inspected", day(inspection.inspected));
        std::string met, missing;
        for (std::size_t i = 0; i < inspection.met.size(); ++i)
            if (inspection.met[i])
                (*inspection.met[i] == 1.0 ? met : missing) += fmt::format(
                    "{}{}", (*inspection.met[i] == 1.0 ? met : missing).empty() ? "" : ",", i + 1);
        members.add_told("points_met", met);
        members.add_told("points_not_met", missing);
        return members.json_if_any();
    }

    Result<void> put_figures(NamedPlace const& shop, Inspection const& inspection)
    {
        auto const tells_points =
            std::ranges::any_of(inspection.met, [](auto const& met) { return met.has_value(); });
        auto const day = inspection.day();
        without_date_ += tells_points && !day ? 1 : 0;
        if (inspection.from)
            if (auto const put = tally_.put_derived(Figure{
                    .source = source_,
                    .measure = "certified",
                    .place_key = shop.source_key,
                    .period =
                        fmt::format("{}..{}", to_text(*inspection.from),
                                    inspection.to ? next_day(*inspection.to) : next_day(*inspection.from)),
                    .value = 1.0,
                    .unit = inspection.to ? "yes" : "yes, end not told"});
                !put)
                return put;
        for (std::size_t i = 0; day && i < inspection.met.size(); ++i) {
            if (!inspection.met[i])
                continue;
            auto const& point = points_.points()[i];
            if (auto const put =
                    tally_.put_derived(Figure{.source = source_,
                                              .measure = "security_point",
                                              .about = fmt::format("{:02} {}", point.number, point.sv),
                                              .place_key = shop.source_key,
                                              .period = fmt::format("{}..{}", to_text(*day), next_day(*day)),
                                              .value = inspection.met[i],
                                              .unit = "met"});
                !put)
                return put;
        }
        return {};
    }

    County const& county_;
    KommunNames const& kommuner_;
    Gazetteer const& gazetteer_;
    SecurityPoints const& points_;
    ShopColumns columns_;
    std::string source_;
    PlaceTally& tally_;
    BorderMargin margin_;
    SeenIds seen_;
    std::uint64_t row_ = 0;
    std::span<std::string_view const> fields_;
    std::string payload_;
    std::uint64_t looked_up_ = 0, without_point_ = 0, doubts_ = 0, without_date_ = 0;
};

}  // namespace

Result<ImportReport> import_shops(Store& store, std::string const& path, PlaceOptions const& options)
{
    auto file = ByteSource::open(path);
    if (!file)
        return Failure{file.error()};
    auto const name = file->name();
    auto table = open_table(*file, {.csv = {}, .layer = options.layer, .limits = {}});
    if (!table)
        return Failure{table.error()};
    auto const points = SecurityPoints::load();
    if (!points)
        return Failure{points.error()};
    auto const columns = shop_columns((*table)->columns(), *points, name);
    if (!columns)
        return Failure{columns.error()};
    auto const county = store.county();
    auto const kommuner = KommunNames::of(*county);
    if (!kommuner)
        return Failure{kommuner.error()};
    auto const gazetteer = Gazetteer::of(store);
    if (!gazetteer)
        return Failure{gazetteer.error()};
    auto const source = options.source_name.empty() ? std::string{kSource} : options.source_name;
    auto session = store.begin_places(
        {.name = source, .title = "Butiksregister", .attribution = "", .as_of = "", .whole = false}, name);
    if (!session)
        return Failure{session.error()};
    PlaceTally tally{**session, source, name};
    RegisterImport import{*county, *kommuner, *gazetteer, *points, *columns, source, tally};
    while (true) {
        auto const more = (*table)->next();
        if (!more)
            return Failure{more.error()};
        if (!*more)
            break;
        if (auto const taken = import.take(**table); !taken)
            return Failure{taken.error()};
        if (options.progress && (*table)->row() % 1024 == 0)
            options.progress((*table)->row());
    }
    auto const found =
        std::ranges::count_if(columns->points, [](auto const& column) { return column.has_value(); });
    tally.note(fmt::format("{}: {}; columns of {} of the {} security points", name, (*table)->form(), found,
                           points->points().size()));
    import.note();
    return tally.finish();
}

}  // namespace riskbild::importers
